/** What the server's disk says at the end of a run: everything else is compared with it. */
import type { StoredConversation, StoredMember } from '../../../server/src/store/store.js';
import { QUIET_KINDS } from '../../../src/protocol/changes.js';
import type { LogEvent } from '../../../src/protocol/entities.js';
import { conversationKind, selfId } from '../../../src/protocol/ids.js';
import type { World } from '../world/world.js';

export type True = {
  readonly conversation: StoredConversation;
  readonly members: ReadonlyMap<string, StoredMember>;
  /** The event of `seq` has the index `seq - 1`. */
  readonly log: readonly LogEvent[];
};

export type Truth = ReadonlyMap<string, True>;

export async function readTruth({ server, plan }: World): Promise<Truth> {
  const { store } = server;
  const truth = new Map<string, True>();
  const { conversations, users } = plan.shape;
  for (const id of [...conversations.map((each) => each.id), ...users.map(selfId)]) {
    const conversation = await store.conversation(id);
    if (!conversation) continue;
    const members = new Map((await store.members(id)).map((member) => [member.user, member]));
    const log = await store.range(id, 0, Infinity, Infinity);
    truth.set(id, { conversation, members, log });
  }
  return truth;
}

/** Those that people see; the others are what somebody keeps for themselves. */
export function shared(truth: Truth): readonly (readonly [string, True])[] {
  return [...truth].filter(([id]) => conversationKind(id) !== 'self');
}

export function textOf({ body }: Pick<LogEvent, 'body'>): string | undefined {
  return (body as { text?: string }).text;
}

/** Events of others after a place, as an unread count counts them. */
export function countUnread({ log }: True, user: string, after: number): number {
  return log.slice(after).filter(({ sender, kind }) => {
    return sender !== user && !QUIET_KINDS.includes(kind);
  }).length;
}

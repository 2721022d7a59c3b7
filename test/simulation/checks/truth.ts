/** What the server's disk says at the end of a run: everything else is compared with it. */
import type { StoredConversation, StoredMember } from '../../../server/src/store/store.js';
import type { RegisterRow } from '../../../src/client/database/database.js';
import { registerOf } from '../../../src/client/changes/own.js';
import { newRegister } from '../../../src/client/changes/standing.js';
import {
  fold,
  isMessageKind,
  NO_CHANGES,
  QUIET_KINDS,
  targetOf,
  type Changes,
} from '../../../src/protocol/changes.js';
import type { LogEvent } from '../../../src/protocol/entities.js';
import { conversationKind, selfId } from '../../../src/protocol/ids.js';
import type { SetBody } from '../../../src/protocol/registers.js';
import type { World } from '../world/world.js';

export type True = {
  readonly conversation: StoredConversation;
  readonly members: ReadonlyMap<string, StoredMember>;
  /** The event of `seq` has the index `seq - 1`; what has been removed is as it was written. */
  readonly log: readonly LogEvent[];
  /** The same with all words that ever were in it. */
  readonly written: readonly LogEvent[];
  /** What has become of messages, folded from the first event on. */
  readonly changes: ReadonlyMap<number, Changes>;
  /** What the events of a personal log leave behind. */
  readonly registers: readonly RegisterRow[];
};

export type Truth = ReadonlyMap<string, True>;

export async function readTruth({ server, plan, ledger }: World): Promise<Truth> {
  const { store } = server;
  const truth = new Map<string, True>();
  const { conversations, users } = plan.shape;
  for (const id of [...conversations.map((each) => each.id), ...users.map(selfId)]) {
    const conversation = await store.conversation(id);
    if (!conversation) continue;
    const members = new Map((await store.members(id)).map((member) => [member.user, member]));
    const written = ledger.written.get(id) ?? [];
    const kept = await store.range(id, 0, Infinity, Infinity);
    const log = [...written.slice(0, conversation.trimmed), ...kept];
    const folded = { changes: foldAll(written), registers: setAll(written) };
    truth.set(id, { conversation, members, log, written, ...folded });
  }
  return truth;
}

function foldAll(log: readonly LogEvent[]): ReadonlyMap<number, Changes> {
  const all = new Map<number, Changes>();
  for (const event of log) {
    const target = targetOf(event);
    if (target !== undefined) all.set(target, fold(all.get(target) ?? NO_CHANGES, event));
  }
  return all;
}

function setAll(log: readonly LogEvent[]): readonly RegisterRow[] {
  const all = new Map<string, RegisterRow>();
  for (const { kind, seq, body } of log) {
    const key = kind === 'set' ? registerOf(body) : undefined;
    if (!key) continue;
    all.set(key.join(' '), { ...newRegister(key), seq, value: (body as SetBody).value });
  }
  return [...all.values()];
}

/** Those that people see; the others are what somebody keeps for themselves. */
export function shared(truth: Truth): readonly (readonly [string, True])[] {
  return [...truth].filter(([id]) => conversationKind(id) !== 'self');
}

/** What somebody keeps about a conversation. */
export function keptAbout(truth: Truth, user: string, id: string): readonly RegisterRow[] {
  const all = truth.get(selfId(user))?.registers ?? [];
  return all.filter(({ conversation }) => conversation === id);
}

/** The events that a whole window of somebody shows. */
export function visible(truth: Truth, user: string, known: True): readonly LogEvent[] {
  const { id, trimmed } = known.conversation;
  const kept = keptAbout(truth, user, id).filter(({ name, value }) => name === 'removed' && value);
  const removed = new Set(kept.map(({ item }) => item));
  return known.log
    .slice(trimmed)
    .filter(({ kind, seq }) => isMessageKind(kind) && !removed.has(seq));
}

export function textOf({ body }: Pick<LogEvent, 'body'>): string | undefined {
  return (body as { text?: string } | null)?.text;
}

/** The first text of a message: every edit keeps it in front. */
export function baseOf(message: Pick<LogEvent, 'body'> | undefined): string | undefined {
  return message && textOf(message)?.split('~')[0];
}

/** Events of others after a place, as an unread count counts them. */
export function countUnread({ log, conversation }: True, user: string, after: number): number {
  return log.slice(Math.max(after, conversation.trimmed)).filter(({ sender, kind }) => {
    return sender !== user && !QUIET_KINDS.includes(kind);
  }).length;
}

/** What a device has folded of a conversation, in a form that two devices can be compared by. */
import { createHash } from 'node:crypto';
import {
  PENDING,
  type ChangesRow,
  type ConversationRow,
  type Database,
  type MessageRow,
  type RegisterRow,
} from '../../src/client/database/database.js';

export type StoredState = {
  readonly row: ConversationRow | undefined;
  readonly messages: readonly MessageRow[];
  readonly changes: readonly ChangesRow[];
  readonly registers: readonly RegisterRow[];
};

/**
 * Everything about a conversation that has to be the same on all devices of a user which have read its
 * whole log and the personal log: canonical JSON, so that equal states are equal texts.
 */
export function stateText({ row, messages, changes, registers }: StoredState): string {
  const { last, lastChanges, pins, own, folders } = row ?? {};
  // How far the mark stands differs between devices where only changes follow the newest message.
  const { lastSeq, unread, activeAt, draft, local } = row ?? {};
  return canonical({
    ...{ lastSeq, unread, activeAt: last && activeAt, draft, local },
    last: last && shape(last),
    lastChanges: lastChanges ?? { versions: [], reactions: [] },
    pins: pins ?? [],
    own: own ?? {},
    folders: folders ?? [],
    messages: messages
      .filter(({ order }) => order < PENDING)
      .sort((one, other) => one.order - other.order)
      .map(shape),
    changes: changes
      .map(({ target, changes: folded }) => [target, folded] as const)
      .filter(([, { versions, reactions, gone, pin }]) => {
        return versions.length + reactions.length > 0 || gone !== undefined || pin !== undefined;
      })
      .sort(([one], [other]) => one - other),
    registers: registers
      .filter(({ seq }) => seq > 0)
      .map(({ name, conversation, item, seq, value }) => {
        return { register: `${name} ${conversation} ${item}`, seq, value };
      })
      .sort((one, other) => (one.register < other.register ? -1 : 1)),
  });
}

/** The same in short. */
export function hashOf(state: StoredState): string {
  return createHash('sha256').update(stateText(state)).digest('hex');
}

/** The state of a conversation in an open database. */
export async function storedState(db: Database, conversation: string): Promise<StoredState> {
  const range = [
    [conversation, 0],
    [conversation, Infinity],
  ] as const;
  const [from, to] = range.map(([id, place]) => [id, place]);
  const isOf = (row: RegisterRow): boolean =>
    conversation.startsWith('self:') || row.conversation === conversation;
  return {
    row: await db.conversations.get(conversation),
    messages: await db.messages.where('[conversation+order]').between(from, to).toArray(),
    changes: await db.changes.where('[conversation+target]').between(from, to).toArray(),
    registers: (await db.registers.toArray()).filter(isOf),
  };
}

export async function stateHash(db: Database, conversation: string): Promise<string> {
  return hashOf(await storedState(db, conversation));
}

function shape({ order, at, sender, clientId, kind, body }: MessageRow): unknown {
  return { order, at, sender, clientId, kind, body };
}

/** JSON whose fields are in the order of their names, without those that are undefined. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) => {
    if (typeof held !== 'object' || held === null || Array.isArray(held)) return held;
    const entries = Object.entries(held).filter(([, field]) => field !== undefined);
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

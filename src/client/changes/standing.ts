/** What the rows of `changes` and `registers` say, with what this device has added and not yet told. */
import { fold, NO_CHANGES, QUIET_KINDS, type Changes } from '../../protocol/changes.js';
import { SYSTEM_USER } from '../../protocol/ids.js';
import {
  PENDING,
  type ChangesRow,
  type MessageRow,
  type RegisterKey,
  type RegisterRow,
} from '../database/database.js';

/** Whether a message counts as unread when it comes to `self`. */
export function isUnread(
  { sender, kind }: Pick<MessageRow, 'sender' | 'kind'>,
  self: string,
): boolean {
  return sender !== self && sender !== SYSTEM_USER && !QUIET_KINDS.includes(kind);
}

export function newChanges(conversation: string, target: number): ChangesRow {
  return { conversation, target, changes: NO_CHANGES, pending: [] };
}

/** The changes of a message as its author sees them: what waits comes after all that has happened. */
export function withPending(
  changes: Changes | undefined,
  pending: ChangesRow['pending'] | undefined,
  self: string,
): Changes | undefined {
  if (!pending?.length) return changes;
  return pending.reduce(
    (folded, { kind, body, at, clientId }, index) =>
      fold(folded, { seq: PENDING + index, at, sender: self, clientId, kind, body }),
    changes ?? NO_CHANGES,
  );
}

export function newRegister([name, conversation, item]: RegisterKey): RegisterRow {
  return { name, conversation, item, seq: 0, value: null, pending: [] };
}

/** What a register holds on this device. */
export function valueOf({ value, pending }: RegisterRow): RegisterRow['value'] {
  return pending.length ? (pending.at(-1)?.value ?? null) : value;
}

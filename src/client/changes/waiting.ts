/**
 * Changes that wait for the server: each is a row of the outbox and an entry in the `pending` of what
 * it changes. It leaves both in the transaction in which it comes back, or is refused.
 */
import { targetOf } from '../../protocol/changes.js';
import type { ChangeKind } from '../../protocol/changes.js';
import { selfId } from '../../protocol/ids.js';
import type { SetBody } from '../../protocol/registers.js';
import {
  type ChangesRow,
  type ConversationRow,
  type Database,
  type OutboxRow,
  type RegisterRow,
} from '../database/database.js';
import { addRow } from '../outbox/outbox-entry.js';
import { contentOf } from './apply-changes.js';
import { conversationIn, registerOf, showFolder, showRegister } from './own.js';
import { noteRemoved, noteShown } from './shown.js';
import { newChanges, newRegister } from './standing.js';

type Waiting = Pick<OutboxRow, 'clientId' | 'kind' | 'bodyJson' | 'at' | 'sent'>;

/** Queues a change at the end of the conversation that it is an event of. */
export async function enqueueChange(
  db: Database,
  conversation: ConversationRow,
  waiting: Waiting,
): Promise<OutboxRow> {
  const row = await addRow(db, conversation, waiting);
  conversation.waitingChanges = (conversation.waitingChanges ?? 0) + 1;
  const { clientId, at } = waiting;
  const { kind, body } = contentOf(row);
  await changePending(
    db,
    conversation,
    row,
    (pending) => [...pending, { clientId, at, kind: kind as ChangeKind, body }],
    (pending) => [...pending, { clientId, value: (body as SetBody).value }],
  );
  await db.conversations.put(conversation);
  return row;
}

/**
 * The server will not have a change: what it was to change is as if it had not been. Writes the
 * conversation as well.
 */
export async function takeBack(
  db: Database,
  conversation: ConversationRow,
  row: OutboxRow,
): Promise<void> {
  conversation.waitingChanges = (conversation.waitingChanges ?? 1) - 1;
  const isOther = ({ clientId }: { readonly clientId: string }): boolean =>
    clientId !== row.clientId;
  await changePending(
    db,
    conversation,
    row,
    (pending) => pending.filter(isOther),
    (pending) => pending.filter(isOther),
  );
  await db.conversations.put(conversation);
}

async function changePending(
  db: Database,
  conversation: ConversationRow,
  row: OutboxRow,
  ofMessage: (pending: ChangesRow['pending']) => ChangesRow['pending'],
  ofRegister: (pending: RegisterRow['pending']) => RegisterRow['pending'],
): Promise<void> {
  const content = contentOf(row);
  const target = targetOf(content);
  if (target !== undefined) {
    const known = await db.changes.get([conversation.id, target]);
    const changes = known ?? newChanges(conversation.id, target);
    changes.pending = ofMessage(changes.pending);
    await db.changes.put(changes);
    conversation.changesRevision = (conversation.changesRevision ?? 0) + 1;
    if (conversation.last?.order === target) conversation.lastPending = changes.pending;
    await noteShown(db, conversation);
    return;
  }
  const key = registerOf(content.body);
  if (!key) return;
  const register = (await db.registers.get(key)) ?? newRegister(key);
  const before = register.pending.length;
  register.pending = ofRegister(register.pending);
  await db.registers.put(register);
  // A text that the server will not have stays in its composer.
  if (register.name === 'draft' && register.pending.length < before) return;
  await show(db, conversation, register);
}

/** `self` is the row of the personal log, which its caller writes. */
async function show(db: Database, self: ConversationRow, register: RegisterRow): Promise<void> {
  if (register.name === 'folder') showFolder(self, register);
  const row = await db.conversations.get(register.conversation);
  if (!row) return;
  showRegister(row, register);
  if (register.name === 'removed') await noteRemoved(db, row);
  await noteShown(db, row);
  await db.conversations.put(row);
}

/** The row of the personal log. */
export function selfRow(db: Database, self: string, at: number): Promise<ConversationRow> {
  return conversationIn(db, selfId(self), at);
}

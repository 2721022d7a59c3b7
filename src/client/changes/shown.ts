import { isMessageKind } from '../../protocol/changes.js';
import type { ConversationRow, Database, OutboxRow } from '../database/database.js';
import { messagesBetween } from '../outbox/outbox-rows.js';
import { valueOf } from './standing.js';
import { enqueueChange, type Waiting } from './waiting.js';

/**
 * Keeps on a conversation, whose newest message this person has removed, the newest one that is still
 * shown; none where it is not on this device. To be written by the caller.
 */
export async function noteShown(db: Database, row: ConversationRow): Promise<void> {
  const { id, last, local, own } = row;
  delete row.shown;
  if (!last || own?.removed !== last.order || !local || local.to < last.order - 1) return;
  const registers = await db.registers
    .where('[name+conversation+item]')
    .between(['removed', id, local.from], ['removed', id, last.order], true, true)
    .toArray();
  const removed = new Set(registers.flatMap((one) => (valueOf(one) ? [one.item] : [])));
  const message = await messagesBetween(db, id, local.from, last.order)
    .reverse()
    .filter(({ kind, order }) => isMessageKind(kind) && !removed.has(order))
    .first();
  if (!message) return;
  const known = await db.changes.get([id, message.order]);
  row.shown = { last: message, lastChanges: known?.changes, lastPending: known?.pending };
}

/**
 * Like `enqueueChange`, for what may change what is shown of a conversation.
 *
 * @param about - The conversation that it is about, when that is not the one that it is an event of.
 */
export async function enqueueShown(
  db: Database,
  conversation: ConversationRow,
  waiting: Waiting,
  about: string = conversation.id,
): Promise<OutboxRow> {
  const entry = await enqueueChange(db, conversation, waiting);
  const row = await db.conversations.get(about);
  if (row?.own?.removed === undefined) return entry;
  await noteShown(db, row);
  await db.conversations.put(row);
  return entry;
}

import { isMessageKind } from '../../protocol/changes.js';
import type { ConversationRow, Database } from '../database/database.js';
import { messagesBetween } from '../database/between.js';
import { withValue } from './own.js';
import { valueOf } from './standing.js';

/** Keeps on a conversation which of its removed messages is the newest. To be written by the caller. */
export async function noteRemoved(db: Database, row: ConversationRow): Promise<void> {
  const newest = await db.registers
    .where('[name+conversation+item]')
    .between(['removed', row.id, 0], ['removed', row.id, Infinity])
    .filter((register) => valueOf(register) === true)
    .last();
  row.own = withValue(row.own, 'removed', newest?.item ?? null);
}

/** Whether another message than the newest is, or has been, shown of a conversation. */
export function isPreviewMoved({ last, own, shown }: ConversationRow): boolean {
  return shown !== undefined || (last !== undefined && own?.removed === last.order);
}

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

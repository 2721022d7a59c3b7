/** Folds the changes among the events of a log, and the registers of the personal log. */
import { fold, isChangeKind, NO_CHANGES, targetOf, type PinBody } from '../../protocol/changes.js';
import type { LogEvent, Pinned } from '../../protocol/entities.js';
import { isFitChange } from '../../protocol/event-shapes.js';
import { selfId } from '../../protocol/ids.js';
import type { SetBody } from '../../protocol/registers.js';
import type { ConversationRow, MessageRow, OutboxRow } from '../database/database.js';
import type { Batch } from '../sync/batch.js';
import { registerOf, showFolder, showRegister } from './own.js';

/** Events that have just been stored: what they do to messages and registers is stored with them. */
export function applyChanges(
  batch: Batch,
  row: ConversationRow,
  rows: readonly MessageRow[],
): void {
  const isSelf = row.id === selfId(batch.self);
  for (const message of rows) {
    if (isChangeKind(message.kind)) applyChange(batch, row, message);
    else if (isSelf && message.kind === 'set') applySet(batch, row, message);
  }
}

/** Like `applyChanges` for one event; says nothing new the second time. */
function applyChange(batch: Batch, row: ConversationRow, message: MessageRow): void {
  const { folds, self } = batch;
  const isOwn = message.sender === self;
  const target = targetOf(message) ?? (isOwn ? waitingTarget(batch, message) : undefined);
  if (target === undefined) return;
  const { id } = row;
  const isFit = isFitChange(message.kind, message.body) && target < message.order;
  const isNew = isFit && folds.fold(id, target, eventOf(message));
  const isSettled = isOwn && folds.settleChange(id, target, message.clientId);
  const known = folds.changes(id, target);
  if (message.kind === 'edit' && known?.changes.gone) folds.blank(id, message.order);
  if (!isNew && !isSettled) return;
  row.changesRevision = (row.changesRevision ?? 0) + 1;
  if (row.last?.order !== target) return;
  row.lastPending = known?.pending;
  if (isFit) noteChange(row, message);
}

/** What this device meant to change with an event whose words have been taken away meanwhile. */
function waitingTarget(batch: Batch, { conversation, clientId }: MessageRow): number | undefined {
  const entry = batch.entry(conversation, clientId);
  return entry && targetOf(contentOf(entry));
}

function applySet(batch: Batch, self: ConversationRow, message: MessageRow): void {
  const key = registerOf(message.body);
  if (!key) return;
  const { value } = message.body as SetBody;
  const register = batch.folds.set(key, eventOf(message), value);
  const row = batch.conversation(register.conversation);
  if (register.name === 'folder') showFolder(self, register);
  else if (row) showRegister(row, register);
}

/** What the list shows of a conversation after one more change; its place in the log does not matter. */
export function noteChange(row: ConversationRow, message: MessageRow): void {
  const { last } = row;
  if (!isFitChange(message.kind, message.body)) return;
  if (last?.order === targetOf(message)) {
    row.lastChanges = fold(row.lastChanges ?? NO_CHANGES, eventOf(message));
    if (last && row.lastChanges.gone && last.body !== null) row.last = { ...last, body: null };
  }
}

/** The pinned messages after one more event, the next of the log. */
export function notePin(row: ConversationRow, message: MessageRow): void {
  const target = targetOf(message);
  if (target === undefined || !isFitChange(message.kind, message.body)) return;
  const { kind, body, at, sender } = message;
  if (kind !== 'pin' && kind !== 'recall' && kind !== 'delete') return;
  const others: Pinned[] = (row.pins ?? []).filter((pin) => pin.target !== target);
  if (kind === 'pin' && (body as PinBody).on) others.push({ target, at, by: sender });
  row.pins = others;
}

/** The kind and the body of what waits in the outbox. */
export function contentOf({ kind, bodyJson }: OutboxRow): Pick<LogEvent, 'kind' | 'body'> {
  return { kind, body: JSON.parse(bodyJson) as unknown };
}

export function eventOf({ order, at, sender, clientId, kind, body }: MessageRow): LogEvent {
  return { seq: order, at, sender, clientId, kind, body };
}

/**
 * Applies pieces of logs. The stored piece of a conversation only ever grows at its ends: whatever
 * would leave a hole is asked for instead, and whatever is stored already is passed over.
 */
import type { LogEvent } from '../../protocol/entities.js';
import { selfId } from '../../protocol/ids.js';
import { LIMITS } from '../../protocol/limits.js';
import type { AckFrame, EventsFrame } from '../../protocol/server-frames.js';
import type { ConversationRow, MessageRow } from '../database/database.js';
import { applyChanges, noteChange, notePin } from '../changes/apply-changes.js';
import { isMessageKind } from '../../protocol/changes.js';
import { applyTrim } from './apply-trim.js';
import type { Batch } from './batch.js';

export function messageRow(conversation: string, event: LogEvent): MessageRow {
  const { seq, at, sender, clientId, kind, body } = event;
  return { conversation, order: seq, at, sender, clientId, kind, body };
}

export function applyEvents(batch: Batch, frame: EventsFrame): void {
  const row = batch.conversation(frame.conversation);
  if (!row) {
    batch.outcome.unknown.add(frame.conversation);
    return;
  }
  // Never what the frame itself brings.
  if (frame.trimmed !== undefined) applyTrim(batch, row, Math.min(frame.trimmed, frame.from - 1));
  if (frame.events.some((event) => batch.differs(row.id, event))) {
    forgetLog(batch, row);
    batch.outcome.unknown.add(row.id);
  }
  const rows = frame.events.map((event) => messageRow(row.id, event));
  noteNewest(batch, row, frame.from, rows);
  const isFirstPage = !row.local && frame.id !== undefined;
  if (isFirstPage || frame.from === 1) row.local ??= { from: frame.from, to: frame.from - 1 };
  if (!row.local) {
    // Of the personal log everything is needed.
    if (row.id === selfId(batch.self)) batch.outcome.behind.set(row.id, row.lastSeq);
    return;
  }
  if (frame.from > row.local.to + 1) {
    batch.outcome.behind.set(row.id, Math.max(frame.to, row.lastSeq));
    return;
  }
  prepend(batch, row, rows);
  row.complete ||= row.local.from === (row.trimmed ?? 0) + 1;
  const newer = append(batch, row, rows);
  // History that is merely loaded does not count as arrived.
  if (isFirstPage) return;
  for (const message of newer) {
    const isGone = batch.folds.isBlanked(row.id, message.order);
    if (message.sender === batch.self || isGone || !isMessageKind(message.kind)) continue;
    batch.outcome.arrived.push(message);
  }
}

/**
 * The server has stored an own message, whose place in the stream the frame takes. A message that is
 * out of reach stays in the outbox until the log brings it.
 */
export function applyAck(batch: Batch, frame: AckFrame): void {
  const { conversation, clientId, seq, at } = frame;
  const row = batch.conversation(conversation);
  const entry = batch.entry(conversation, clientId);
  if (!row || !entry) return;
  row.onServer = true;
  const { kind, bodyJson } = entry;
  const body: unknown = JSON.parse(bodyJson);
  const event = { seq, at, sender: batch.self, clientId, kind, body };
  // It was stored so long ago that it has been removed again.
  const isFormer = seq <= (row.trimmed ?? 0);
  if (!isFormer) {
    applyEvents(batch, { type: 'events', conversation, from: seq, to: seq, events: [event] });
  }
  if (!isFormer && !row.local) batch.outcome.behind.set(conversation, seq);
  // Its place is stored by now, or above what is stored and comes with the history.
  else if (isFormer || (row.local && seq <= row.local.to)) {
    const message = messageRow(conversation, event);
    applyChanges(batch, row, [message]);
    batch.putReturned(message);
  }
}

/** What the list shows follows the newest event even while the pieces before it are on their way. */
function noteNewest(
  batch: Batch,
  row: ConversationRow,
  from: number,
  rows: readonly MessageRow[],
): void {
  if (from > row.lastSeq + 1) {
    if (!row.local) batch.outcome.unknown.add(row.id);
    return;
  }
  for (const message of rows) {
    if (message.order <= row.lastSeq) continue;
    row.lastSeq = message.order;
    notePin(row, message);
    noteChange(row, message);
    if (!isMessageKind(message.kind)) continue;
    row.last = message;
    row.lastChanges = row.lastPending = undefined;
    row.activeAt = message.at;
    if (batch.isUnread(message)) row.unread = Math.min(row.unread + 1, LIMITS.unreadCap);
  }
}

/** Stores what comes right before the stored piece. */
function prepend(batch: Batch, row: ConversationRow, rows: readonly MessageRow[]): void {
  const { local } = row;
  const older = local ? rows.filter(({ order }) => order < local.from) : [];
  const [first] = older;
  if (!local || !first || older.at(-1)?.order !== local.from - 1) return;
  row.local = { from: first.order, to: local.to };
  batch.putMessages(older);
  batch.prepended.push({ conversation: row.id, from: first.order, to: local.from - 1 });
  applyChanges(batch, row, older);
  putOwn(batch, older);
}

/** Stores what comes right after the stored piece, and gives it. */
function append(
  batch: Batch,
  row: ConversationRow,
  rows: readonly MessageRow[],
): readonly MessageRow[] {
  const { local } = row;
  const newer = local ? rows.filter(({ order }) => order > local.to) : [];
  const last = newer.at(-1);
  if (!local || !last) return [];
  row.local = { from: local.from, to: last.order };
  batch.putMessages(newer);
  applyChanges(batch, row, newer);
  if (row.id !== selfId(batch.self)) batch.outcome.toMark.add(row.id);
  if (last.order < row.lastSeq) batch.outcome.behind.set(row.id, row.lastSeq);
  putOwn(batch, newer);
  return newer;
}

function putOwn(batch: Batch, rows: readonly MessageRow[]): void {
  for (const message of rows) if (message.sender === batch.self) batch.putReturned(message);
}

/** The server's log is not the one that is stored here, as after a lost data folder. */
export function forgetLog(batch: Batch, row: ConversationRow): void {
  batch.forgetMessages(row.id);
  row.logRevision = (row.logRevision ?? 0) + 1;
  row.local = undefined;
  row.complete = false;
  row.trimmed = 0;
  row.lastSeq = row.readSeq = row.unread = 0;
  row.last = row.lastChanges = row.lastPending = undefined;
  row.pins = [];
  row.marks = [];
}

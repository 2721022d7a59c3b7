/**
 * Applies pieces of logs. The stored piece of a conversation only ever grows at its ends: whatever
 * would leave a hole is asked for instead, and whatever is stored already is passed over.
 */
import type { LogEvent } from '../../protocol/entities.js';
import { LIMITS } from '../../protocol/limits.js';
import type { AckFrame, EventsFrame } from '../../protocol/server-frames.js';
import type { ConversationRow, MessageRow } from '../database/database.js';
import type { Batch } from './batch.js';

export function messageRow(conversation: string, event: LogEvent): MessageRow {
  const { seq, at, sender, clientId, kind, body } = event;
  return { conversation, order: seq, at, sender, clientId, kind, body };
}

export async function applyEvents(batch: Batch, frame: EventsFrame): Promise<void> {
  const row = await batch.conversation(frame.conversation);
  if (!row) {
    batch.outcome.unknown.add(frame.conversation);
    return;
  }
  const rows = frame.events.map((event) => messageRow(row.id, event));
  noteNewest(batch, row, frame.from, rows);
  const isFirstPage = !row.local && frame.id !== undefined;
  if (isFirstPage || frame.from === 1) row.local ??= { from: frame.from, to: frame.from - 1 };
  if (!row.local) return;
  if (frame.from > row.local.to + 1) {
    batch.outcome.behind.set(row.id, Math.max(frame.to, row.lastSeq));
    return;
  }
  await prepend(batch, row, rows);
  const newer = await append(batch, row, rows);
  // History that is merely loaded does not count as arrived.
  if (isFirstPage) return;
  for (const message of newer) {
    if (message.sender !== batch.self) batch.outcome.arrived.push(message);
  }
}

/**
 * The server has stored an own message, whose place in the stream the frame takes. A message that is
 * out of reach stays in the outbox until the log brings it.
 */
export async function applyAck(batch: Batch, frame: AckFrame): Promise<void> {
  const { conversation, clientId, seq, at } = frame;
  const row = await batch.conversation(conversation);
  const entry = await batch.db.outbox.where({ conversation, clientId }).first();
  if (!row || !entry) return;
  row.onServer = true;
  const { kind, bodyJson } = entry;
  const body: unknown = JSON.parse(bodyJson);
  const event = { seq, at, sender: batch.self, clientId, kind, body };
  await applyEvents(batch, { type: 'events', conversation, from: seq, to: seq, events: [event] });
  if (!row.local) batch.outcome.behind.set(conversation, seq);
  // A repeat of an acknowledgement whose event came by another way.
  else if (seq >= row.local.from && seq <= row.local.to)
    await settleOwn(batch, row, messageRow(conversation, event));
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
    row.last = message;
    row.activeAt = message.at;
    if (batch.isUnread(message)) row.unread = Math.min(row.unread + 1, LIMITS.unreadCap);
  }
}

/** Stores what comes right before the stored piece. */
async function prepend(
  batch: Batch,
  row: ConversationRow,
  rows: readonly MessageRow[],
): Promise<void> {
  const { local } = row;
  const older = local ? rows.filter(({ order }) => order < local.from) : [];
  const [first] = older;
  if (!local || !first || older.at(-1)?.order !== local.from - 1) return;
  row.local = { from: first.order, to: local.to };
  batch.putMessages(older);
  await settleAllOwn(batch, row, older);
}

/** Stores what comes right after the stored piece, and gives it. */
async function append(
  batch: Batch,
  row: ConversationRow,
  rows: readonly MessageRow[],
): Promise<readonly MessageRow[]> {
  const { local } = row;
  const newer = local ? rows.filter(({ order }) => order > local.to) : [];
  const last = newer.at(-1);
  if (!local || !last) return [];
  row.local = { from: local.from, to: last.order };
  batch.putMessages(newer);
  batch.outcome.toMark.add(row.id);
  if (last.order < row.lastSeq) batch.outcome.behind.set(row.id, row.lastSeq);
  await settleAllOwn(batch, row, newer);
  return newer;
}

/** Own messages that come back through the log leave the outbox in the same transaction. */
async function settleAllOwn(
  batch: Batch,
  row: ConversationRow,
  rows: readonly MessageRow[],
): Promise<void> {
  for (const message of rows) {
    if (message.sender === batch.self && row.pending) await settleOwn(batch, row, message);
  }
}

async function settleOwn(batch: Batch, row: ConversationRow, message: MessageRow): Promise<void> {
  const { conversation, clientId } = message;
  const entry = await batch.db.outbox.where({ conversation, clientId }).first();
  if (!entry) return;
  await batch.db.outbox.delete(entry.key);
  await batch.removePending(row, entry.order);
  batch.outcome.sent.push(message);
}

/** Changes to the outbox that have to happen in one transaction with the messages they belong to. */
import type { ImErrorCode } from '../../protocol/im-error.js';
import { conversationIn } from '../changes/own.js';
import { enqueueChange, takeBack } from '../changes/waiting.js';
import { messagesBetween } from '../database/between.js';
import { isMessageKind } from '../../protocol/changes.js';
import {
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
  type OutboxRow,
} from '../database/database.js';
import type { Waiting } from '../database/move-over.js';
import { addRow, type Sending } from './outbox-entry.js';

/** Queues a message at the end of its conversation. */
export async function enqueue(
  db: Database,
  conversation: ConversationRow,
  sending: Sending,
): Promise<{ readonly message: MessageRow; readonly row: OutboxRow }> {
  const { clientId, kind, bodyJson, at, sender } = sending;
  const { id } = conversation;
  const order = PENDING + ++conversation.pendingRevision;
  const row = await addRow(db, conversation, sending, order);
  const body: unknown = JSON.parse(bodyJson);
  const message: MessageRow = {
    ...{ conversation: id, order, at, sender, clientId, kind, body },
    pending: row.sent ? 'sending' : 'queued',
  };
  conversation.pending = message;
  conversation.activeAt = Math.max(conversation.activeAt, at);
  await db.messages.add(message);
  await db.conversations.put(conversation);
  return { message, row };
}

/** Takes a row out; those behind it in its conversation move up, for the server counts without it. */
export async function dequeue(
  db: Database,
  conversation: ConversationRow,
  { key, clientId }: Pick<OutboxRow, 'key' | 'clientId'>,
): Promise<boolean> {
  const kept = await db.outbox.get(key);
  if (kept?.clientId !== clientId) return false;
  await db.outbox.delete(key);
  const later = (await rowsOf(db, conversation.id)).filter((row) => row.key > key);
  // To write nothing would leave the transaction without a request.
  if (later.length) await db.outbox.bulkPut(later.map((row) => ({ ...row, n: row.n - 1 })));
  conversation.nextN--;
  return true;
}

/** The server has refused a message for good. */
export async function markFailed(
  db: Database,
  refused: Pick<OutboxRow, 'conversation' | 'clientId'>,
  code: ImErrorCode,
): Promise<void> {
  const conversation = await db.conversations.get(refused.conversation);
  // Not by its key: it may have moved to this database since it was sent.
  const [row] = await entriesOf(db, [refused]);
  if (!conversation || !row || !(await dequeue(db, conversation, row))) return;
  // Each goes on with a request at once, or the transaction would end before.
  if (row.order === undefined) return takeBack(db, conversation, row);
  await setPending(db, conversation, row.order, { failed: code });
  await db.conversations.put(conversation);
}

/** The rows are about to go over the wire; gives them as they are stored. */
export async function markSending(
  db: Database,
  rows: readonly OutboxRow[],
): Promise<readonly OutboxRow[]> {
  const fresh = rows.filter(({ sent }) => !sent);
  if (fresh.length === 0) return rows;
  for (const id of new Set(fresh.map(({ conversation }) => conversation))) {
    const conversation = await db.conversations.get(id);
    if (!conversation) continue;
    for (const row of fresh) {
      if (row.conversation !== id || row.order === undefined) continue;
      await setPending(db, conversation, row.order, 'sending');
    }
    await db.conversations.put(conversation);
  }
  for (const row of fresh) row.sent = true;
  await db.outbox.bulkPut(fresh);
  return rows;
}

/** Stores what waited in another database, behind what waits in this one. */
export async function keepAgain(
  db: Database,
  { rows, failed }: Waiting,
  sender: string,
): Promise<void> {
  for (const message of failed) {
    const conversation = await conversationFor(db, message);
    const order = PENDING + ++conversation.pendingRevision;
    conversation.pending = { ...message, order };
    await db.messages.add(conversation.pending);
    await db.conversations.put(conversation);
  }
  for (const row of rows) {
    const conversation = await conversationFor(db, row);
    if (row.order === undefined) await enqueueChange(db, conversation, row);
    else await enqueue(db, conversation, { ...row, sender });
  }
}

function conversationFor(
  db: Database,
  { conversation, at }: Pick<MessageRow, 'conversation' | 'at'>,
): Promise<ConversationRow> {
  return conversationIn(db, conversation, at);
}

/** Numbers all rows from 0, for a server that has not heard of this device. */
export async function renumberAll(db: Database): Promise<void> {
  const counts = new Map<string, number>();
  const rows = await db.outbox.orderBy('key').toArray();
  for (const row of rows) {
    row.n = counts.get(row.conversation) ?? 0;
    counts.set(row.conversation, row.n + 1);
  }
  await db.outbox.bulkPut(rows);
  await db.conversations.toCollection().modify((conversation) => {
    conversation.nextN = counts.get(conversation.id) ?? 0;
  });
}

/** The waiting rows of a conversation, in order. */
export async function rowsOf(db: Database, conversation: string): Promise<OutboxRow[]> {
  const rows = await db.outbox
    .where('[conversation+clientId]')
    .between([conversation, ''], [conversation, '\uffff'])
    .toArray();
  return rows.sort((one, other) => one.key - other.key);
}

/** The outbox rows of these messages, as far as there are any. */
export function entriesOf(
  db: Database,
  messages: readonly Pick<OutboxRow, 'conversation' | 'clientId'>[],
): Promise<readonly OutboxRow[]> {
  return db.outbox
    .where('[conversation+clientId]')
    .anyOf(messages.map(({ conversation, clientId }) => [conversation, clientId]))
    .toArray();
}

/**
 * Own messages have come back through the log: what waits here in their names goes, also when it was
 * taken for failed. Gives the messages that something has gone for.
 *
 * @param known - The outbox rows that have been read already.
 */
export async function settle(
  db: Database,
  conversation: ConversationRow,
  own: readonly MessageRow[],
  known: readonly OutboxRow[],
): Promise<readonly MessageRow[]> {
  const entries = known.length === own.length ? known : await entriesOf(db, own);
  if (entries.length) await db.outbox.bulkDelete(entries.map(({ key }) => key));
  const found = new Map(entries.map(({ clientId, order }) => [clientId, order]));
  const changes = entries.filter(({ order }) => order === undefined).length;
  if (changes) conversation.waitingChanges = (conversation.waitingChanges ?? changes) - changes;
  const others = new Set<string>();
  for (const { clientId, kind } of own) {
    if (!found.has(clientId) && isMessageKind(kind)) others.add(clientId);
  }
  if (others.size) {
    const twins = messagesBetween(db, conversation.id, PENDING, Infinity);
    await twins.each(({ clientId, order }) => {
      if (others.has(clientId)) found.set(clientId, order);
    });
  }
  const orders = [...found.values()].filter((order) => order !== undefined);
  await removePending(db, conversation, orders);
  return own.filter(({ clientId }) => found.delete(clientId));
}

/** Takes messages without `seq` away, with whatever the conversation remembers of them. */
export async function removePending(
  db: Database,
  conversation: ConversationRow,
  orders: readonly number[],
): Promise<void> {
  const { id, pending } = conversation;
  if (orders.length === 0) return;
  await db.messages.bulkDelete(orders.map((order) => [id, order]));
  conversation.pendingRevision++;
  if (pending && orders.includes(pending.order)) {
    conversation.pending = await messagesBetween(db, id, PENDING, Infinity).last();
    // This device's clock has had its say only as long as nothing better was known.
    const { last } = conversation;
    if (last) conversation.activeAt = Math.max(last.at, conversation.pending?.at ?? 0);
  }
}

async function setPending(
  db: Database,
  conversation: ConversationRow,
  order: number,
  pending: NonNullable<MessageRow['pending']>,
): Promise<void> {
  const message = await db.messages.get([conversation.id, order]);
  if (!message) return;
  const changed = { ...message, pending };
  await db.messages.put(changed);
  conversation.pendingRevision++;
  if (conversation.pending?.order === order) conversation.pending = changed;
}

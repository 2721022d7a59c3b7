/** The pages that a history window reads. Each is a range of the primary key, whatever the length. */
import {
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
} from './database/database.js';

/** The newest stored messages of a conversation, oldest first. */
export function readLast(
  db: Database,
  { id, local }: ConversationRow,
  limit: number,
): Promise<readonly MessageRow[]> {
  return readBefore(db, id, (local?.to ?? 0) + 1, limit);
}

/** At most `limit` messages right before `order`, oldest first. */
export async function readBefore(
  db: Database,
  conversation: string,
  order: number,
  limit: number,
): Promise<readonly MessageRow[]> {
  const rows = await range(db, conversation, 0, order).reverse().limit(limit).toArray();
  return rows.reverse();
}

/** At most `limit` messages right after `order`, oldest first; those without a `seq` are left out. */
export function readAfter(
  db: Database,
  conversation: string,
  order: number,
  limit: number,
): Promise<readonly MessageRow[]> {
  return range(db, conversation, order + 1, PENDING)
    .limit(limit)
    .toArray();
}

/** The newest messages without a `seq`, oldest first. */
export async function readPending(
  db: Database,
  conversation: string,
  limit: number,
): Promise<readonly MessageRow[]> {
  const rows = await range(db, conversation, PENDING, Infinity).reverse().limit(limit).toArray();
  return rows.reverse();
}

function range(
  db: Database,
  conversation: string,
  from: number,
  before: number,
): ReturnType<Database['messages']['toCollection']> {
  const index = db.messages.where('[conversation+order]');
  return index.between([conversation, from], [conversation, before], true, false);
}

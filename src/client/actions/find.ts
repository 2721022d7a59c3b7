import type { ConversationRow, Database, MessageRow } from '../database/database.js';
import { messagesBetween } from '../database/between.js';
import { messageId } from '../messages/present.js';

/** Rows that are looked through at once. */
const PAGE = 500;

/**
 * The stored message of an id, with a `seq` or waiting for one. Ids are in no index, which every
 * message would pay for: the newest are looked through first, where people act.
 */
export async function findStored(
  db: Database,
  { id: conversation }: ConversationRow,
  id: string,
): Promise<MessageRow | undefined> {
  let before = Infinity;
  for (;;) {
    const page = await messagesBetween(db, conversation, 0, before).reverse().limit(PAGE).toArray();
    const found = page.find((row) => messageId(row) === id);
    const last = page.at(-1);
    if (found || !last || page.length < PAGE) return found;
    before = last.order - 1;
  }
}

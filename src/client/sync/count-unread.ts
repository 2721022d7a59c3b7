import { LIMITS } from '../../protocol/limits.js';
import { isUnread } from '../changes/standing.js';
import type { ConversationRow, Database } from '../database/database.js';
import { messagesBetween } from '../database/between.js';

/** How many messages of others are unread, as far as this device can tell. */
export async function countUnread(
  db: Database,
  row: ConversationRow,
  self: string,
): Promise<number> {
  const { id, lastSeq, local, unread } = row;
  // What was never read and is gone is unread no more.
  const after = Math.max(row.readSeq, row.trimmed ?? 0);
  if (after >= lastSeq || unread === 0) return 0;
  if (!local || local.from > after + 1 || local.to < lastSeq) {
    // The server tells the exact number with the next head.
    return Math.min(unread, lastSeq - after);
  }
  const others = messagesBetween(db, id, after + 1, lastSeq).filter((message) =>
    isUnread(message, self),
  );
  return others.limit(LIMITS.unreadCap).count();
}

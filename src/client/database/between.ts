import type { Database } from './database.js';

/** Messages of a conversation with `from <= order <= to`, in order. */
export function messagesBetween(
  db: Database,
  conversation: string,
  from: number,
  to: number,
): ReturnType<Database['messages']['toCollection']> {
  return db.messages
    .where('[conversation+order]')
    .between([conversation, from], [conversation, to], true, true);
}

/** What has become of the messages of a conversation with `from <= target <= to`. */
export function changesBetween(
  db: Database,
  conversation: string,
  from: number,
  to: number,
): ReturnType<Database['changes']['toCollection']> {
  return db.changes
    .where('[conversation+target]')
    .between([conversation, from], [conversation, to], true, true);
}

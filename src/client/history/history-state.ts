import type { ConversationRow } from '../database/database.js';
import type { HistoryState } from '../public.js';

/** Whether there is more before `first`, here or on the server. */
export function hasOlder(row: ConversationRow | undefined, first: number): boolean {
  if (!row?.local) return false;
  return first > row.local.from || (row.local.from > 1 && !row.complete);
}

/** Whether two states of a window show the same. */
export function isSame(one: HistoryState, other: HistoryState): boolean {
  return (
    one.messages === other.messages &&
    one.hasOlder === other.hasOlder &&
    one.hasNewer === other.hasNewer &&
    one.loading === other.loading &&
    one.error === other.error
  );
}

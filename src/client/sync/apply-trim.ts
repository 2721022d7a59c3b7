import type { ConversationRow, Database } from '../database/database.js';
import { changesBetween, messagesBetween } from '../database/between.js';
import type { Batch } from './batch.js';

/**
 * Nothing up to `upTo` is in the log any more, or was ever meant for this user: what is stored of it
 * goes, and the stored piece begins above it. That is no hole, so nothing of it is asked for.
 */
export function applyTrim(batch: Batch, row: ConversationRow, upTo: number): void {
  const isNews = upTo > (row.trimmed ?? 0);
  row.trimmed = upTo;
  row.lastSeq = Math.max(row.lastSeq, upTo);
  if (isNews) batch.trimMessages(row, upTo);
  if (isNews && row.pins) row.pins = row.pins.filter(({ target }) => target > upTo);
  if (!row.local) return;
  const { from, to } = row.local;
  row.local = { from: Math.max(from, upTo + 1), to: Math.max(to, upTo) };
  row.complete = row.local.from === upTo + 1;
}

/** A change that waits is told what has become of its message by the server. */
export async function removeUpTo(db: Database, conversation: string, upTo: number): Promise<void> {
  await messagesBetween(db, conversation, 0, upTo).delete();
  const changes = changesBetween(db, conversation, 0, upTo);
  await changes.filter(({ pending }) => pending.length === 0).delete();
}

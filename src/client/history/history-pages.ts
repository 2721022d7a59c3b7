/**
 * The pages that a history window reads. Each is a range of the primary key, whatever the length. A
 * page names the piece of the log that it covers, in which there may be more than its messages.
 */
import type { RegisterName } from '../../protocol/registers.js';
import { isMessageKind } from '../../protocol/changes.js';
import { valueOf, withPending } from '../changes/standing.js';
import {
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
} from '../database/database.js';
import { changesBetween } from '../database/between.js';
import type { Standing } from '../messages/present.js';

/** The messages among the events `from … to`, oldest first; the piece is empty when `to < from`. */
export type Page = {
  readonly rows: readonly MessageRow[];
  readonly from: number;
  readonly to: number;
};

/** What has become of messages, by `seq`. */
export type Standings = ReadonlyMap<number, Standing>;

/** The newest stored messages of a conversation. */
export function readLast(
  db: Database,
  { id, local }: ConversationRow,
  limit: number,
): Promise<Page> {
  return readBefore(db, id, (local?.to ?? 0) + 1, limit);
}

/** At most `limit` messages right before `order`. */
export async function readBefore(
  db: Database,
  conversation: string,
  order: number,
  limit: number,
): Promise<Page> {
  const found: MessageRow[] = [];
  let from = order;
  for (;;) {
    const rows = await range(db, conversation, 0, from).reverse().limit(limit).toArray();
    from = rows.at(-1)?.order ?? from;
    for (const row of rows) if (isMessageKind(row.kind)) found.push(row);
    if (rows.length < limit || found.length >= limit) break;
  }
  const kept = found.slice(0, limit);
  if (kept.length < found.length) from = kept.at(-1)?.order ?? from;
  return { rows: kept.reverse(), from, to: order - 1 };
}

/**
 * At most `limit` messages right after `order`, as far as the row knows of them: what has been stored
 * since may still be among what waits for a window that follows the row.
 */
export async function readAfter(
  db: Database,
  { id, local }: ConversationRow,
  order: number,
  limit: number,
): Promise<Page> {
  const found: MessageRow[] = [];
  const end = (local?.to ?? 0) + 1;
  let to = order;
  for (;;) {
    const rows = await range(db, id, to + 1, end)
      .limit(limit)
      .toArray();
    to = rows.at(-1)?.order ?? to;
    for (const row of rows) if (isMessageKind(row.kind)) found.push(row);
    if (rows.length < limit || found.length >= limit) break;
  }
  const kept = found.slice(0, limit);
  if (kept.length < found.length) to = kept.at(-1)?.order ?? to;
  return { rows: kept, from: order + 1, to };
}

/** What has become of the messages from `from` to `to`, on the server and on this device. */
export async function readStandings(
  db: Database,
  conversation: string,
  { from, to }: { readonly from: number; readonly to: number },
  self: string,
): Promise<Standings> {
  const flagged = (name: RegisterName): Promise<readonly number[]> =>
    flaggedBetween(db, name, conversation, from, to);
  const [rows, starred, removed] = await Promise.all([
    changesBetween(db, conversation, from, to).toArray(),
    flagged('starred'),
    flagged('removed'),
  ]);
  const standings = new Map<number, Standing>();
  const add = (seq: number, more: Standing): void =>
    void standings.set(seq, { ...standings.get(seq), ...more });
  for (const { target, changes, pending } of rows) {
    const folded = withPending(changes, pending, self);
    if (folded) add(target, { changes: folded });
  }
  for (const seq of starred) add(seq, { starred: true });
  for (const seq of removed) add(seq, { removed: true });
  return standings;
}

async function flaggedBetween(
  db: Database,
  name: RegisterName,
  conversation: string,
  from: number,
  to: number,
): Promise<readonly number[]> {
  const rows = await db.registers
    .where('[name+conversation+item]')
    .between([name, conversation, from], [name, conversation, to], true, true)
    .toArray();
  return rows.flatMap((row) => (valueOf(row) === true ? [row.item as number] : []));
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

/** Nothing lies before `from`, unless another tab has got another log meanwhile. */
export async function markComplete(
  db: Database,
  conversation: string,
  from: number,
): Promise<void> {
  await db.conversations
    .where({ id: conversation })
    .and((stored) => stored.local?.from === from)
    .modify({ complete: true });
}

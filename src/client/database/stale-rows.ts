/** Which rows of the mirror a transaction has written, and how they are read again. */
import { RangeSet, type IntervalTree } from 'dexie';
import type { ConversationRow, Database, MetaRow, UserRow } from './database.js';

/** Keys to read again; `all` when a transaction did not say which. */
export type Stale = { readonly keys: Set<string>; all: boolean };

/** Nothing has to be read again. */
export function nothingStale(): { readonly conversations: Stale; readonly users: Stale } {
  return {
    conversations: { keys: new Set(), all: false },
    users: { keys: new Set(), all: false },
  };
}

/** Whether anything has to be read again. */
export function isStale({ conversations, users }: ReturnType<typeof nothingStale>): boolean {
  return [conversations, users].some(({ all, keys }) => all || keys.size > 0);
}

/** Notes the keys of a change, each a range from itself to itself; gives whether there were any. */
export function collect(tree: IntervalTree | undefined, stale: Stale): boolean {
  if (!tree) return false;
  let any = false;
  for (const { from, to } of new RangeSet().add(tree)) {
    any = true;
    if (typeof from === 'string' && from === to) stale.keys.add(from);
    else stale.all = true;
  }
  return any;
}

/** Reads what is stale; with all of it, what the server allows. */
export function readRows(
  db: Database,
  { conversations, users }: ReturnType<typeof nothingStale>,
): Promise<[(ConversationRow | undefined)[], (UserRow | undefined)[], MetaRow | undefined]> {
  return db.transaction('r', db.conversations, db.users, db.meta, () =>
    Promise.all([
      conversations.all
        ? db.conversations.toArray()
        : db.conversations.bulkGet([...conversations.keys]),
      users.all ? db.users.toArray() : users.keys.size ? db.users.bulkGet([...users.keys]) : [],
      conversations.all ? db.meta.get('policy') : undefined,
    ]),
  );
}

/** Puts rows that have been read in the place of the stale ones. */
export function replaceRows<T>(
  held: Map<string, T>,
  { all, keys }: Stale,
  rows: readonly (T | undefined)[],
  idOf: (row: T) => string,
): void {
  if (all) held.clear();
  else for (const key of keys) held.delete(key);
  for (const row of rows) if (row) held.set(idOf(row), row);
}

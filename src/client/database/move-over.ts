/** What goes along when a new database takes the place of another. */
import type { Log } from '../log.js';
import { messagesBetween } from './between.js';
import {
  PENDING,
  type ChangesRow,
  type ConversationRow,
  type Database,
  type MessageRow,
  type OutboxRow,
  type RegisterRow,
  type UserRow,
} from './database.js';

/** Messages without a `seq`, oldest first. */
export type Waiting = {
  /** Those that are to be sent. */
  readonly rows: readonly OutboxRow[];
  /** Those that the server has refused. */
  readonly failed: readonly MessageRow[];
};

/**
 * Gives an empty database the conversations and names on the screen, so that they stay there. The
 * messages come from the server again, and the server counts a new device from 0.
 */
export async function moveOver(
  db: Database,
  rows: Iterable<ConversationRow>,
  users: Iterable<UserRow>,
): Promise<void> {
  await db.write(async () => {
    if ((await db.conversations.count()) > 0) return;
    const emptied = [...rows].map((row) => ({
      ...row,
      local: undefined,
      complete: false,
      pending: undefined,
      pendingRevision: row.pendingRevision + 1,
      lastPending: undefined,
      waitingChanges: 0,
      nextN: 0,
    }));
    await db.conversations.bulkPut(emptied);
    await db.users.bulkPut([...users]);
  });
}

/**
 * Takes what waits out of a database that is given up, so that it is not sent from there as well when
 * the database is used again. Gives undefined when it cannot be read.
 */
export async function takeOut(db: Database, log: Log): Promise<Waiting | undefined> {
  let waiting: Waiting | undefined;
  try {
    const rows = await db.outbox.orderBy('key').toArray();
    const pending = await readPending(db);
    waiting = { rows, failed: pending.filter(({ pending: state }) => typeof state === 'object') };
    // What has been taken out may have reached the server: without its device this is another
    // installation from now on. Where there is no room to write, there may still be room to delete.
    await db.write(async () => {
      await db.outbox.clear();
      await db.messages.bulkDelete(pending.map(({ conversation, order }) => [conversation, order]));
      await db.meta.delete('device');
    });
  } catch (error) {
    log.error('take-out-failed', error);
  }
  return waiting;
}

async function readPending(db: Database): Promise<readonly MessageRow[]> {
  const pending: MessageRow[] = [];
  for (const { id } of await db.conversations
    .filter((row) => row.pending !== undefined)
    .toArray()) {
    pending.push(...(await messagesBetween(db, id, PENDING, Infinity).toArray()));
  }
  return pending;
}

/** For a new installation: its conversations count from 0, and remember only what still waits. */
export async function forgetWaiting(db: Database): Promise<void> {
  const entries = await db.outbox.toArray();
  const waits = new Set(entries.map(({ clientId }) => clientId));
  for (const table of [db.changes, db.registers]) {
    await table
      .filter(({ pending }) => pending.length > 0)
      .modify((row: ChangesRow | RegisterRow) => {
        row.pending = row.pending.filter(({ clientId }) => waits.has(clientId)) as never[];
      });
  }
  const rows = await db.conversations
    .filter(({ nextN, pending }) => nextN > 0 || pending !== undefined)
    .toArray();
  for (const row of rows) {
    const changes = entries.filter(
      ({ conversation, order }) => conversation === row.id && order === undefined,
    );
    row.pending = await messagesBetween(db, row.id, PENDING, Infinity).last();
    row.lastPending = row.lastPending?.filter(({ clientId }) => waits.has(clientId));
    row.waitingChanges = changes.length;
    row.changesRevision = (row.changesRevision ?? 0) + 1;
    row.pendingRevision++;
    row.nextN = 0;
  }
  await db.conversations.bulkPut(rows);
}

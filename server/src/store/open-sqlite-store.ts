/** Opens the database of a data folder, or says why it cannot be used. */
import { join } from 'node:path';
import Database from 'libsql';
import { MIGRATIONS } from './migrations.js';
import { SqliteStore } from './sqlite-store.js';

export const DATABASE_FILE = 'im-kit.db';

/** Another process has the folder. */
export class StoreLockedError extends Error {
  constructor(folder: string, options?: ErrorOptions) {
    super(`Another server uses the data folder ${folder}.`, options);
    this.name = 'StoreLockedError';
  }
}

/** The database cannot be used by this server as it is. */
export class StoreUnusableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`${DATABASE_FILE} cannot be used: ${reason}`, options);
    this.name = 'StoreUnusableError';
  }
}

/**
 * Opens the database of a data folder, and makes or updates its tables: all steps that it lacks in one
 * transaction, with their number, so that whatever ends this process leaves the tables as they were.
 *
 * @param steps - What makes the tables; another list only in tests.
 * @throws StoreLockedError when another process has it open, StoreUnusableError when it cannot be
 *  read or written, or was made by a newer server.
 */
export function openSqliteStore(
  folder: string,
  steps: readonly string[] = MIGRATIONS,
): SqliteStore {
  let database: Database.Database | undefined;
  try {
    database = new Database(join(folder, DATABASE_FILE));
    // The lock first: with it the write-ahead log needs no shared memory.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    checkStep(database, steps.length);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('PRAGMA synchronous = FULL');
    // Pages that many messages change move to the database less often: up to 16 MB of log.
    database.exec('PRAGMA wal_autocheckpoint = 4000');
    database.exec('BEGIN IMMEDIATE');
    migrate(database, steps);
    database.exec('COMMIT');
    return new SqliteStore(database, folder);
  } catch (error) {
    database?.close();
    throw asOpenError(error, folder);
  }
}

function asOpenError(error: unknown, folder: string): Error {
  if (error instanceof StoreUnusableError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (/locked|SQLITE_BUSY/i.test(reason)) return new StoreLockedError(folder, { cause: error });
  return new StoreUnusableError(`${reason}.`, { cause: error });
}

/** The step of `MIGRATIONS` that a database has reached. */
function stepOf(database: Database.Database): number {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  return row.user_version;
}

/** What is newer than this server has tables that it does not know, and would spoil. */
function checkStep(database: Database.Database, newest: number): void {
  const step = stepOf(database);
  if (step <= newest) return;
  const known = `it is at step ${step}, and this server knows ${newest}`;
  throw new StoreUnusableError(`a newer server has written it (${known}).`);
}

function migrate(database: Database.Database, steps: readonly string[]): void {
  for (const step of steps.slice(stepOf(database))) database.exec(step);
  database.exec(`PRAGMA user_version = ${steps.length}`);
}

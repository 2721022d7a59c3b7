/**
 * Keeps a database at hand, whatever happens to it. When IndexedDB fails it is opened once more; when
 * that fails too, or finds it emptied, the client goes on with a new one, in memory if need be.
 */
import { ImError } from '../../protocol/im-error.js';
import { makeKey } from '../../protocol/ids.js';
import type { Environment, IndexedDb } from '../environment.js';
import { LiveValue } from '../live-value.js';
import type { Log } from '../log.js';
import type { StorageState } from '../public.js';
import { Database } from './database.js';

const OPEN_DEADLINE_MS = 8_000;

export type StorageOptions = {
  readonly environment: Environment;
  readonly log: Log;
  /** Resolves with the database's name once the user is known. */
  readonly name: Promise<string>;
  readonly memory: boolean;
  readonly signal: AbortSignal;
  /** Called before anybody can use another database; `continues` when it holds what the last one did. */
  readonly onReopened: (db: Database, continues: boolean) => Promise<void>;
};

type Opened = { readonly db: Database; readonly device: string };

export class Storage {
  readonly state: LiveValue<StorageState> = new LiveValue<StorageState>({ status: 'opening' });
  readonly #options: StorageOptions;
  #opened: Promise<Opened>;
  #current: Opened | undefined;

  constructor(options: StorageOptions) {
    this.#options = options;
    this.#opened = options.name.then((name) => this.#open(name));
    // Whoever uses the storage hears of it.
    this.#opened.catch(() => undefined);
  }

  /** The id of this installation: it lives and dies with the database. */
  async device(): Promise<string> {
    return (await this.#opened).device;
  }

  /**
   * Runs `work` on the database, and once more when the database broke under it.
   *
   * @throws ImError `storage/quota-exceeded`, `client/destroyed`; and whatever `work` throws.
   */
  async use<T>(work: (db: Database) => Promise<T>): Promise<T> {
    this.#throwIfStopped();
    const opened = await this.#opened;
    this.#throwIfStopped();
    try {
      return await work(opened.db);
    } catch (cause) {
      this.#throwIfStopped();
      if (isAbout(cause, QUOTA)) {
        throw new ImError('storage/quota-exceeded', 'The device has no room left.', { cause });
      }
      if (opened.db.isOpen() && !isAbout(cause, BROKEN)) throw cause;
      await this.#recover(opened, cause);
      return work((await this.#opened).db);
    }
  }

  /** Gives up the present database for one in memory. */
  async fallBack(cause: unknown): Promise<void> {
    const before = await this.#opened;
    await this.#replace(before, () => this.#openMemory(before.db.name, cause));
  }

  /** Starts over as a new installation: the server counts its messages from 0. */
  async renewDevice(): Promise<void> {
    const before = await this.#opened;
    await this.#replace(before, async () => {
      await before.db.meta.delete('device');
      return { db: before.db, device: await this.#deviceOf(before.db) };
    });
  }

  /** Closes the database, and with `wipe` deletes it. */
  async close(wipe: boolean): Promise<void> {
    const opened = await this.#opened.catch(() => undefined);
    if (wipe) await opened?.db.delete();
    opened?.db.close();
  }

  async #open(name: string): Promise<Opened> {
    const { environment, log, memory, signal } = this.#options;
    if (memory) {
      return this.#openMemory(
        name,
        new ImError('storage/unavailable', 'Kept in memory on demand.'),
      );
    }
    let failure: unknown = new ImError('storage/unavailable', 'This runtime has no IndexedDB.');
    const idb = environment.indexedDb();
    for (let attempt = 0; idb && attempt < 2; attempt++) {
      try {
        const opened = await this.#openOnce(new Database(name, idb));
        this.#settle(opened, { status: 'persistent' });
        return opened;
      } catch (cause) {
        if (signal.aborted) throw destroyed();
        log.error('storage-open-failed', cause, { attempt });
        failure = cause;
      }
    }
    return this.#openMemory(name, failure);
  }

  async #openOnce(db: Database): Promise<Opened> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#options.environment.schedule(OPEN_DEADLINE_MS, () =>
        reject(new ImError('storage/unavailable', 'IndexedDB did not open in time.')),
      );
    });
    // Another tab may need the database gone; it is opened again at the next use.
    db.on('versionchange', () => {
      db.close();
      return false;
    });
    db.on('blocked', () => false);
    try {
      await Promise.race([db.open(), late]);
      return { db, device: await this.#deviceOf(db) };
    } catch (error) {
      db.close();
      throw error;
    } finally {
      cancel();
    }
  }

  async #openMemory(name: string, cause: unknown): Promise<Opened> {
    const { environment, signal } = this.#options;
    const idb: IndexedDb = await environment.memoryDb();
    if (signal.aborted) throw destroyed();
    const opened = await this.#openOnce(new Database(name, idb));
    const error = new ImError('storage/unavailable', 'Nothing is kept beyond this page.', {
      cause,
    });
    this.#settle(opened, { status: 'memory', error });
    return opened;
  }

  #settle(opened: Opened, state: StorageState): void {
    this.#current = opened;
    this.state.set(state);
    this.#options.log.info('storage-open', { status: state.status });
  }

  #deviceOf(db: Database): Promise<string> {
    return db.write(async () => {
      const kept = await db.meta.get('device');
      if (kept) return kept.value;
      const value = makeKey(this.#options.environment.randomBytes);
      await db.meta.put({ key: 'device', value });
      return value;
    });
  }

  async #recover(broken: Opened, cause: unknown): Promise<void> {
    this.#options.log.error('storage-broke', cause);
    await this.#replace(broken, () => {
      broken.db.close();
      return this.#open(broken.db.name);
    });
  }

  /** Puts another database in the place of `before`, unless that has happened already. */
  async #replace(before: Opened, open: () => Promise<Opened>): Promise<void> {
    if (this.#current === before) {
      this.#current = undefined;
      this.#opened = open().then(async (opened) => {
        this.#current = opened;
        await this.#announce(opened, opened.device === before.device);
        return opened;
      });
    }
    await this.#opened;
  }

  /** Whatever cannot be carried over, the new database is there to be used. */
  async #announce({ db }: Opened, continues: boolean): Promise<void> {
    try {
      await this.#options.onReopened(db, continues);
    } catch (error) {
      this.#options.log.error('move-over-failed', error);
    }
  }

  #throwIfStopped(): void {
    if (this.#options.signal.aborted) throw destroyed();
  }
}

const QUOTA: ReadonlySet<string> = new Set(['QuotaExceededError']);

const BROKEN: ReadonlySet<string> = new Set([
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotFoundError',
  'OpenFailedError',
  'UnknownError',
]);

/** Whether an error, or one that it wraps, has one of `names`. */
function isAbout(error: unknown, names: ReadonlySet<string>): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, inner } = error as { name?: unknown; inner?: unknown };
  return (typeof name === 'string' && names.has(name)) || isAbout(inner, names);
}

/** What every method throws once the client is destroyed. */
export function destroyed(): ImError {
  return new ImError('client/destroyed', 'The client has been destroyed.');
}

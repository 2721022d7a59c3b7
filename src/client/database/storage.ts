/**
 * Keeps a database at hand, whatever happens to it. When IndexedDB fails it is opened once more; when
 * that does not help, or finds it emptied, the client goes on with a new one, in memory if need be. When
 * not even that can be had, every use tries again.
 */
import { ImError } from '../../protocol/im-error.js';
import { makeKey } from '../../protocol/ids.js';
import type { Environment, IndexedDb } from '../environment.js';
import { LiveValue } from '../live-value.js';
import type { Log } from '../log.js';
import type { StorageState } from '../public.js';
import type { Term } from '../tabs/term.js';
import { Database } from './database.js';
import { forgetWaiting, takeOut, type Waiting } from './move-over.js';
import { asImError, destroyed, isBreakage, nothingKept } from './storage-errors.js';

const OPEN_DEADLINE_MS = 8_000;

export type StorageOptions = {
  readonly environment: Environment;
  readonly log: Log;
  /** Resolves with the database's name once the user is known. */
  readonly name: Promise<string>;
  readonly memory: boolean;
  readonly signal: AbortSignal;
  /** Whether what waits in the database is another tab's to send. */
  readonly follows: () => boolean;
  /** Called before anybody can use another database. */
  readonly onReopened: (db: Database, change: Change) => Promise<void>;
};

/**
 * How a database relates to the one before: it holds the same, or it is a new one, for which `waiting`
 * could be taken out of the old one; undefined when that cannot be read any more.
 */
export type Change =
  | { readonly continues: true }
  | { readonly continues: false; readonly waiting: Waiting | undefined };

type Opened = {
  readonly db: Database;
  readonly device: string;
  /** What has been taken out of the database before. */
  readonly waiting?: Waiting | undefined;
};

export class Storage {
  readonly state: LiveValue<StorageState> = new LiveValue<StorageState>({ status: 'opening' });
  readonly #options: StorageOptions;
  /** Undefined after a failure: the next use tries again. */
  #opened: Promise<Opened> | undefined;
  #current: Opened | undefined;
  #halted: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  /** The device of the last database that could be used. */
  #lastDevice: string | undefined;
  /** Somebody has deleted the database on purpose: nothing is written to the disk any more. */
  #isUnwanted = false;

  constructor(options: StorageOptions) {
    this.#options = options;
    // Whoever uses the storage hears of a failure.
    this.#ready().catch(() => undefined);
  }

  /** The id of this installation: it lives and dies with the database. */
  async device(): Promise<string> {
    // Another tab may have renewed it.
    this.#lastDevice = await this.use((db) => this.#deviceOf(db));
    return this.#lastDevice;
  }

  /** The page is about to be frozen: what is running is aborted, and begins again after `wake`. */
  halt(): void {
    this.#halted ??= new Promise((wake) => (this.#wake = wake));
    this.#current?.db.halt();
  }

  wake(): void {
    if (this.#current) this.#current.db.isHalted = false;
    this.#halted = undefined;
    this.#wake();
  }

  /**
   * Runs `work` on the database; again when the database broke under it, and once more in memory when
   * that did not help.
   *
   * @throws ImError `storage/quota-exceeded`, `storage/unavailable`, `client/destroyed`; and whatever
   *  ImError `work` throws.
   */
  async use<T>(work: (db: Database) => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures++) {
      const opened = await this.#ready();
      try {
        return await work(opened.db);
      } catch (cause) {
        this.#throwIfStopped();
        if (!isBreakage(cause, opened.db) || failures > 2) throw asImError(cause);
        this.#options.log.error('storage-broke', cause, { failures });
        if (failures === 1) await this.#reopen(opened);
        else await this.#replace(opened, cause);
      }
    }
  }

  /** Gives up the present database for one in memory. */
  async fallBack(cause: unknown): Promise<void> {
    await this.#replace(await this.#ready(), cause);
  }

  /** Starts over as a new installation: the server counts its messages from 0. */
  async renewDevice(term: Term): Promise<void> {
    const { db } = await this.#ready();
    await term.write(db, () => db.meta.delete('device'));
    await this.#begin(async () => ({ db, device: await this.#deviceOf(db) }));
  }

  /**
   * Deletes all that is kept, and starts as a new installation that knows nothing. The database stays:
   * other tabs that use it find it empty, and do not take it for one that is gone.
   */
  async startOver(term: Term): Promise<void> {
    const { db } = await this.#ready();
    await term.write(db, async () => {
      for (const table of db.tables) if (table !== db.meta) await table.clear();
      // Who leads among the tabs goes on.
      await db.meta.where('key').noneOf(['term', 'lease']).delete();
    });
    this.#lastDevice = undefined;
    await this.#begin(async () => ({ db, device: await this.#deviceOf(db) }));
  }

  /** Closes the database, and with `wipe` deletes what is on the disk, used or not. */
  async close(wipe: boolean): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    opened?.db.close();
    if (!wipe) return;
    const name = await this.#options.name.catch(() => undefined);
    const idb = this.#options.environment.indexedDb();
    if (name !== undefined && idb) await new Database(name, idb).delete();
  }

  async #ready(): Promise<Opened> {
    await this.#halted;
    this.#throwIfStopped();
    this.#opened ??= this.#begin(() => this.#open());
    const opened = await this.#opened;
    this.#throwIfStopped();
    return opened;
  }

  /** Opens a database for everybody, and tells of it unless it is the first. */
  #begin(open: () => Promise<Opened>): Promise<Opened> {
    const opening = this.#beginOnce(open);
    this.#opened = opening;
    return opening;
  }

  async #beginOnce(open: () => Promise<Opened>): Promise<Opened> {
    const isFirst = this.state.value?.status === 'opening';
    this.#current = undefined;
    try {
      const opened = await open();
      const { device, waiting } = opened;
      const continues = device === (this.#lastDevice ?? device);
      this.#current = opened;
      this.#lastDevice = device;
      if (!isFirst)
        await this.#announce(opened, continues ? { continues } : { continues, waiting });
      return opened;
    } catch (cause) {
      this.#opened = undefined;
      throw this.#giveUp(cause);
    }
  }

  /** Opens the database again, unless that has happened already. */
  async #reopen(broken: Opened): Promise<void> {
    if (this.#current !== broken) return;
    broken.db.close();
    await this.#begin(() => this.#open());
  }

  /** Goes on in memory, unless `before` has been replaced already. */
  async #replace(before: Opened, cause: unknown): Promise<void> {
    if (this.#current !== before) return;
    // First of all: what can be kept nowhere else stays where it is.
    const inMemory = await this.#openMemory(before.db.name);
    if (this.#current !== before) return;
    await this.#begin(async () => {
      const { log, follows } = this.#options;
      const waiting = follows() ? { rows: [], failed: [] } : await takeOut(before.db, log);
      before.db.close();
      this.#settle({ status: 'memory', error: nothingKept(cause) });
      return { ...inMemory, waiting };
    });
  }

  async #open(): Promise<Opened> {
    const { environment, log, memory, signal } = this.#options;
    const name = await this.#options.name;
    let failure: unknown = new ImError('storage/unavailable', 'This runtime has no IndexedDB.');
    const idb = memory || this.#isUnwanted ? undefined : environment.indexedDb();
    for (let attempt = 0; idb && attempt < 2; attempt++) {
      try {
        const opened = await this.#openOnce(new Database(name, idb));
        this.#settle({ status: 'persistent' });
        return opened;
      } catch (cause) {
        if (signal.aborted) throw destroyed();
        log.error('storage-open-failed', cause, { attempt });
        failure = cause;
      }
    }
    const opened = await this.#openMemory(name);
    this.#settle({ status: 'memory', error: nothingKept(failure) });
    return opened;
  }

  async #openOnce(db: Database): Promise<Opened> {
    let cancel = (): void => undefined;
    const late = new Promise<never>((_, reject) => {
      cancel = this.#options.environment.schedule(OPEN_DEADLINE_MS, () =>
        reject(new ImError('storage/unavailable', 'IndexedDB did not open in time.')),
      );
    });
    // Another tab may need the database gone; it is opened again at the next use.
    db.on('versionchange', ({ newVersion }) => {
      this.#isUnwanted ||= newVersion === null;
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

  async #openMemory(name: string): Promise<Opened> {
    const idb: IndexedDb = await this.#options.environment.memoryDb();
    this.#throwIfStopped();
    return this.#openOnce(new Database(name, idb));
  }

  #settle(state: StorageState): void {
    this.state.set(state);
    this.#options.log.info('storage-open', { status: state.status });
  }

  /** There is no database at all, for now. */
  #giveUp(cause: unknown): ImError {
    const error = asImError(cause);
    if (this.#options.signal.aborted) return error;
    this.#options.log.error('storage-unavailable', cause);
    this.state.set({ status: 'unavailable', error });
    return error;
  }

  async #deviceOf(db: Database): Promise<string> {
    // Mostly it is there, and to read it holds nobody up.
    const there = await db.meta.get('device');
    if (there) return there.value;
    return db.write(async () => {
      const kept = await db.meta.get('device');
      if (kept) return kept.value;
      const value = makeKey(this.#options.environment.randomBytes);
      await db.meta.put({ key: 'device', value });
      await forgetWaiting(db);
      return value;
    });
  }

  /** Whatever cannot be carried over, the new database is there to be used. */
  async #announce({ db }: Opened, change: Change): Promise<void> {
    try {
      await this.#options.onReopened(db, change);
    } catch (error) {
      this.#options.log.error('move-over-failed', error);
    }
  }

  #throwIfStopped(): void {
    if (this.#options.signal.aborted) throw destroyed();
  }
}

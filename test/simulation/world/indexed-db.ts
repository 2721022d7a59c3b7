/** The database of a device as one page sees it, with the ways in which browsers let a page down. */
import { forceCloseDatabase, IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type {
  ChangesRow,
  ConversationRow,
  MessageRow,
  MetaRow,
  OutboxRow,
  RegisterRow,
  UserRow,
} from '../../../src/client/database/database.js';
import type { IndexedDb } from '../../../src/client/environment.js';
import type { Random } from './random.js';

/** What the storage of a device does at present; changed by faults. */
export type Moods = {
  /** The share of writing transactions that are aborted, and with what. */
  abort: { readonly share: number; readonly error: string } | undefined;
  /** Databases cannot be opened. */
  isUnopenable: boolean;
};

/** What the tables of the client hold. */
export type Tables = {
  readonly messages: MessageRow;
  readonly outbox: OutboxRow;
  readonly conversations: ConversationRow;
  readonly changes: ChangesRow;
  readonly registers: RegisterRow;
  readonly users: UserRow;
  readonly meta: MetaRow;
};

/** Its own declaration takes the class for its object. */
const forceClose = forceCloseDatabase as unknown as (connection: IDBDatabase) => void;

/** What this file needs to know of the insides of fake-indexeddb. */
type Insides = {
  _databases: Map<string, { readonly rawObjectStores: Map<string, RawStore> }>;
  _connectionQueues: Map<string, Promise<unknown>>;
};
type RawStore = { readonly records: { values(): Iterable<{ readonly value: unknown }> } };
type RawTransaction = IDBTransaction & {
  readonly _state: string;
  _abort(error: string): void;
};
type Connection = IDBDatabase & {
  readonly _rawDatabase: { readonly transactions: readonly RawTransaction[] };
};

/** What is on the disk of a device. */
export class Disk {
  readonly insides: Insides = { _databases: new Map(), _connectionQueues: new Map() };

  /** All rows of a table in the order of their keys, read past every transaction. */
  rows<T extends keyof Tables>(database: string, table: T): readonly Tables[T][] {
    const store = this.insides._databases.get(database)?.rawObjectStores.get(table);
    return store ? [...store.records.values()].map(({ value }) => value as Tables[T]) : [];
  }

  /** Everything is gone, as when a browser makes room. */
  clear(): void {
    this.insides._databases.clear();
    this.insides._connectionQueues.clear();
  }
}

/** The databases of one page. */
export class PageFactory extends IDBFactory {
  readonly #moods: Moods;
  readonly #random: Random;
  readonly #connections: Set<Connection> = new Set();
  #isDead = false;

  constructor(disk: Disk, moods: Moods, random: Random) {
    super();
    this.#moods = moods;
    this.#random = random;
    Object.assign(this, disk.insides);
  }

  /** As the client takes it. */
  get indexedDb(): IndexedDb {
    return { indexedDB: this, IDBKeyRange };
  }

  override open(name: string, version?: number): IDBOpenDBRequest {
    if (this.#isDead || this.#moods.isUnopenable) {
      throw new DOMException('It cannot be opened.', 'UnknownError');
    }
    const request = super.open(name, version);
    const seize = (): void => this.#seize(request.result as Connection);
    request.addEventListener('upgradeneeded', seize);
    request.addEventListener('success', seize);
    return request;
  }

  /** The browser closes every connection, as when its own database breaks. */
  closeAll(): void {
    for (const connection of [...this.#connections]) {
      this.#abort(connection);
      forceClose(connection);
    }
  }

  /** The page is gone: what it has not committed never was, and nothing follows. */
  die(): void {
    this.#isDead = true;
    for (const connection of [...this.#connections]) this.#end(connection);
  }

  #end(connection: Connection): void {
    this.#abort(connection);
    connection.close();
  }

  #abort(connection: Connection): void {
    this.#connections.delete(connection);
    for (const transaction of connection._rawDatabase.transactions) {
      if (transaction.db === connection && transaction._state !== 'finished') {
        transaction._abort('AbortError');
      }
    }
  }

  #seize(connection: Connection): void {
    if (this.#isDead) this.#end(connection);
    if (this.#isDead || this.#connections.has(connection)) return;
    this.#connections.add(connection);
    const begin = connection.transaction.bind(connection);
    connection.transaction = (names, mode, options) => {
      const transaction = begin(names, mode, options) as RawTransaction;
      if (mode === 'readwrite') this.#spoil(transaction);
      return transaction;
    };
  }

  #spoil(transaction: RawTransaction): void {
    const { abort } = this.#moods;
    if (!abort || !this.#random.chance(abort.share)) return;
    let steps = this.#random.integer(1, 8);
    const step = (): void => {
      if (transaction._state === 'finished') return;
      if (--steps > 0) setImmediate(step);
      else transaction._abort(abort.error);
    };
    setImmediate(step);
  }
}

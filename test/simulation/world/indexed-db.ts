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
import { watchFence } from './fence.js';
import type { Random } from './random.js';
import type { Standstill } from './standstill.js';
import {
  endConnection,
  giveWay,
  holdEvents,
  holdStill,
  type Connection,
  type RawTransaction,
} from './transactions.js';

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

/** What is on the disk of a device. */
export class Disk {
  readonly insides: Insides = { _databases: new Map(), _connectionQueues: new Map() };
  /** The pages that have it open. */
  readonly pages: Set<PageFactory> = new Set();
  /** The page that has raised the term last: it leads, whatever others think. */
  leader: PageFactory | undefined;

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

export type PageFactoryOptions = {
  readonly disk: Disk;
  readonly moods: Moods;
  readonly random: Random;
  readonly standstill: Standstill;
  /** The page has written what the server says although another one leads. */
  readonly onOverruled: () => void;
};

/** The databases of one page. */
export class PageFactory extends IDBFactory {
  readonly #options: PageFactoryOptions;
  readonly #connections: Set<Connection> = new Set();
  /** What is to happen in the middle of a transaction. */
  #atNextWriting: (() => void) | undefined;
  #isDead = false;

  constructor(options: PageFactoryOptions) {
    super();
    this.#options = options;
    Object.assign(this, options.disk.insides);
    options.disk.pages.add(this);
  }

  /** As the client takes it. */
  get indexedDb(): IndexedDb {
    return { indexedDB: this, IDBKeyRange };
  }

  override open(name: string, version?: number): IDBOpenDBRequest {
    const { moods, standstill } = this.#options;
    if (this.#isDead || moods.isUnopenable) {
      throw new DOMException('It cannot be opened.', 'UnknownError');
    }
    const request = super.open(name, version);
    const seize = (): void => this.#seize(request.result as Connection);
    request.addEventListener('upgradeneeded', seize);
    request.addEventListener('success', seize);
    holdEvents(request, standstill);
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
    this.#options.disk.pages.delete(this);
    for (const connection of [...this.#connections]) this.#end(connection);
  }

  /** Has something happen in the middle of the next transaction that stores what the server says. */
  atNextWriting(task: () => void): void {
    this.#atNextWriting = task;
  }

  /** Nothing that this page has open keeps others waiting while it stands still. */
  giveWay(): void {
    for (const connection of this.#connections) giveWay(connection, this.#options.standstill);
  }

  #end(connection: Connection): void {
    this.#abort(connection);
    endConnection(connection);
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
    connection.close = () => endConnection(connection);
    const begin = connection.transaction.bind(connection);
    connection.transaction = (names, mode, options) => {
      const transaction = begin(names, mode, options);
      this.#begun(transaction as unknown as RawTransaction);
      return transaction;
    };
  }

  #begun(transaction: RawTransaction): void {
    const { disk, standstill, onOverruled } = this.#options;
    holdStill(transaction, standstill);
    for (const page of disk.pages) if (page !== this) page.giveWay();
    if (transaction.mode !== 'readwrite') return;
    this.#spoil(transaction);
    watchFence(transaction, {
      onWriting: () => {
        this.#atNextWriting?.();
        this.#atNextWriting = undefined;
      },
      onCommitted: ({ raisesTerm, isLeaders }) => {
        if (raisesTerm) disk.leader = this;
        else if (isLeaders && disk.leader && disk.leader !== this) onOverruled();
      },
    });
  }

  #spoil(transaction: RawTransaction): void {
    const { moods, random } = this.#options;
    const { abort } = moods;
    if (!abort || !random.chance(abort.share)) return;
    let steps = random.integer(1, 8);
    const step = (): void => {
      if (transaction._state === 'finished') return;
      if (--steps > 0) setImmediate(step);
      else transaction._abort(abort.error);
    };
    setImmediate(step);
  }
}

/**
 * Clients in Node that can die like a killed tab: from one moment to the next nothing of them runs,
 * their sockets are gone, what was being written is not kept, and what was written is.
 */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { WebSocket } from 'ws';
import { createClientIn } from '../../src/client/create-client.js';
import { Database, PENDING } from '../../src/client/database/database.js';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ImClient, Token } from '../../src/client/public.js';

/** What survives a client. */
export class Device {
  readonly user: string;
  readonly idb: IDBFactory = new IDBFactory();

  constructor(user: string) {
    this.user = user;
  }

  /** All that is stored of one conversation: its log by `seq`, and what waits to be sent. */
  async stored(conversation: string): Promise<{ log: readonly StoredMessage[]; waiting: number }> {
    const [found] = await this.idb.databases();
    if (!found?.name) return { log: [], waiting: 0 };
    const db = new Database(found.name, { indexedDB: this.idb, IDBKeyRange });
    await db.open();
    const rows = await db.messages.filter((row) => row.conversation === conversation).toArray();
    const waiting = await db.outbox.filter((row) => row.conversation === conversation).count();
    db.close();
    const log = rows
      .filter(({ order }) => order < PENDING)
      .sort((one, other) => one.order - other.order)
      .map(({ order, sender, body }) => ({ seq: order, sender, text: textOf(body) }));
    return { log, waiting };
  }
}

export type StoredMessage = {
  readonly seq: number;
  readonly sender: string;
  readonly text: string;
};

export function textOf(body: unknown): string {
  return (body as { text?: string }).text ?? '';
}

export type LifeOptions = {
  readonly server: string;
  readonly token: Token;
  /** The device's clock. */
  readonly now?: () => number;
  readonly environment?: Partial<Environment>;
};

/** One client on a device, from its start to its death. */
export class Life {
  readonly client: ImClient;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #sockets = new Set<WebSocket>();
  readonly #databases = new Set<IDBDatabase>();
  readonly #transactions = new Set<IDBTransaction>();
  /** Resolves at its death. */
  readonly over: Promise<void>;
  #isOver = false;
  #tell: () => void = () => undefined;

  constructor(device: Device, { server, token, now, environment }: LifeOptions) {
    this.over = new Promise((resolve) => (this.#tell = resolve));
    const own: Environment = {
      ...RUNTIME,
      ...(now && { now }),
      schedule: (delayMs, task) => this.#schedule(delayMs, task),
      indexedDb: () =>
        this.#isOver ? undefined : { indexedDB: this.#factory(device.idb), IDBKeyRange },
      // The dead do not go on in memory.
      memoryDb: () => (this.#isOver ? new Promise(() => undefined) : RUNTIME.memoryDb()),
      watchPage: () => () => undefined,
      ...environment,
    };
    this.client = createClientIn(own, {
      ...{ server, token, userId: device.user, logLevel: 'silent' },
      openSocket: (url, protocol) => this.#open(url, protocol),
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Dies. */
  crash(): void {
    this.#isOver = true;
    this.#tell();
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.terminate();
    }
    for (const transaction of this.#transactions) {
      try {
        transaction.abort();
      } catch {
        // It has been committed.
      }
    }
    for (const db of this.#databases) db.close();
  }

  #schedule(delayMs: number, task: () => void): () => void {
    if (this.#isOver) return () => undefined;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, delayMs);
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer);
    };
  }

  #open(url: string, protocol: string): WebSocket {
    if (this.#isOver) throw new Error('There is nobody here.');
    const socket = new WebSocket(url, protocol, { perMessageDeflate: false });
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  /** The device's databases, with an eye on what is being written. */
  #factory(idb: IDBFactory): IDBFactory {
    const open: IDBFactory['open'] = (name, version) => {
      const request = idb.open(name, version);
      request.addEventListener('success', () => this.#watch(request.result));
      return request;
    };
    return new Proxy(idb, {
      get: (target, name) => {
        if (name === 'open') return open;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }

  #watch(db: IDBDatabase): void {
    if (this.#isOver) db.close();
    this.#databases.add(db);
    const begin = db.transaction.bind(db);
    db.transaction = (...names) => {
      const transaction = begin(...names);
      this.#transactions.add(transaction);
      for (const end of ['complete', 'abort']) {
        transaction.addEventListener(end, () => this.#transactions.delete(transaction));
      }
      return transaction;
    };
  }
}

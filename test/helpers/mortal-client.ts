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

type Timer = {
  readonly task: () => void;
  leftMs: number;
  setAt: number;
  handle: NodeJS.Timeout | undefined;
};

/** One client on a device, from its start to its death. */
export class Life {
  readonly client: ImClient;
  readonly #timers = new Set<Timer>();
  readonly #sockets = new Set<WebSocket>();
  readonly #databases = new Set<IDBDatabase>();
  readonly #transactions = new Set<IDBTransaction>();
  /** Resolves at its death. */
  readonly over: Promise<void>;
  #isOver = false;
  #isAsleep = false;
  /** How much the device's clock has gained in its sleep. */
  #sleptMs = 0;
  #tell: () => void = () => undefined;

  constructor(device: Device, { server, token, now = Date.now, environment }: LifeOptions) {
    this.over = new Promise((resolve) => (this.#tell = resolve));
    const own: Environment = {
      ...RUNTIME,
      now: () => now() + this.#sleptMs,
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

  /** Stands still, as a laptop that is shut: no timer of it runs. */
  sleep(): void {
    this.#isAsleep = true;
    for (const timer of this.#timers) {
      clearTimeout(timer.handle);
      timer.leftMs = Math.max(0, timer.leftMs - (performance.now() - timer.setAt));
    }
  }

  /** Goes on where it stood, with a clock that says `sleptMs` more. Timers count on from where they were. */
  wake(sleptMs: number): void {
    this.#isAsleep = false;
    this.#sleptMs += sleptMs;
    for (const timer of this.#timers) this.#run(timer);
  }

  /** Resets its sockets: the client is told that the connection is gone. */
  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  /** Dies. */
  crash(): void {
    this.#isOver = true;
    this.#tell();
    for (const { handle } of this.#timers) clearTimeout(handle);
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
    const timer: Timer = { task, leftMs: delayMs, setAt: performance.now(), handle: undefined };
    this.#timers.add(timer);
    this.#run(timer);
    return () => {
      this.#timers.delete(timer);
      clearTimeout(timer.handle);
    };
  }

  #run(timer: Timer): void {
    if (this.#isAsleep) return;
    timer.setAt = performance.now();
    timer.handle = setTimeout(() => {
      this.#timers.delete(timer);
      timer.task();
    }, timer.leftMs);
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

/** Clients and the server's rules in one process, with a memory store between them and no network. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createCore } from '../../server/src/core/create-core.js';
import type { Core, CoreOptions } from '../../server/src/core/core.js';
import { inPageSocket, type InPageSocket } from '../../server/src/core/in-page.js';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import type { Store } from '../../server/src/store/store.js';
import { createClientIn } from '../../src/client/create-client.js';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ImClient, ImClientOptions, SocketLike, Token } from '../../src/client/public.js';
import { ImError } from '../../src/protocol/im-error.js';
import type { Gate } from './gate.js';

/** A device: what survives its client. */
export type Device = { readonly user: string; readonly idb: IDBFactory };

export class World {
  readonly store: Store;
  core: Core;
  /** The server's clock. */
  now: () => number = RUNTIME.now;
  /** How long a server that is started from now on keeps messages. */
  keepMs: number | undefined;
  /** Timers of the server that are longer than a second, which `passTime` need not wait for. */
  readonly #timers: Map<NodeJS.Timeout, () => void> = new Map();
  /** Whether new sockets open. */
  online = true;
  /** Looks at what passes through the sockets that a client opens from now on. */
  gate: Gate | undefined;
  /** Tokens that the server no longer takes. */
  readonly expired: Set<string> = new Set();
  readonly sockets: InPageSocket[] = [];
  /** When tokens were issued; one that is not here does not tell. */
  readonly issued: Map<string, number> = new Map();
  readonly #clients: ImClient[] = [];
  readonly #options: Partial<CoreOptions>;

  constructor(store: Store = new MemoryStore(), options: Partial<CoreOptions> = {}) {
    this.store = store;
    this.#options = options;
    this.core = this.#makeCore();
  }

  /** People by their ids; their names have a capital. */
  async people(...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.core.putUser({ id, name: id.charAt(0).toUpperCase() + id.slice(1) });
    }
  }

  device(user: string): Device {
    return { user, idb: new IDBFactory() };
  }

  /** A client on a device, in surroundings that a test may change. */
  client(
    device: Device,
    environment: Partial<Environment> = {},
    options: Partial<ImClientOptions> = {},
  ): ImClient {
    const { user } = device;
    return this.clientByToken(device, user, environment, { userId: user, ...options });
  }

  /** A client that is told no more than a token. */
  clientByToken(
    { idb }: Device,
    token: Token,
    environment: Partial<Environment> = {},
    options: Partial<ImClientOptions> = {},
  ): ImClient {
    const client = createClientIn(
      { ...RUNTIME, indexedDb: () => ({ indexedDB: idb, IDBKeyRange }), ...environment },
      {
        server: 'http://chat.test',
        token,
        logLevel: 'silent',
        openSocket: () => this.open(),
        ...options,
      },
    );
    this.#clients.push(client);
    return client;
  }

  /** Cuts all lines without a word, and lets no new ones through. */
  cut(): void {
    this.online = false;
    for (const socket of this.sockets.splice(0)) socket.close(1006);
  }

  /** Another server process over the same store. */
  restart(): void {
    this.cut();
    for (const timer of this.#timers.keys()) clearTimeout(timer);
    this.#timers.clear();
    this.core = this.#makeCore();
    this.online = true;
  }

  /** The server's long timers end now. */
  passTime(): void {
    for (const [timer, task] of [...this.#timers]) {
      clearTimeout(timer);
      this.#timers.delete(timer);
      task();
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.destroy()));
  }

  /** A socket to the server, as clients open it. */
  open(gate: Gate | undefined = this.gate): SocketLike {
    if (!this.online) throw new Error('The network is unreachable.');
    const socket = inPageSocket(this.core);
    this.sockets.push(socket);
    return gate?.guard(socket) ?? socket;
  }

  #makeCore(): Core {
    const options: CoreOptions = {
      store: this.store,
      ...(this.keepMs !== undefined && { keepMs: this.keepMs }),
      now: () => this.now(),
      randomBytes: RUNTIME.randomBytes,
      schedule: (delayMs, task) => {
        const timer = setTimeout(() => {
          this.#timers.delete(timer);
          task();
        }, delayMs);
        timer.unref();
        if (delayMs > 1_000) this.#timers.set(timer, task);
        return () => {
          this.#timers.delete(timer);
          clearTimeout(timer);
        };
      },
      authenticate: async (token) => {
        if (this.expired.has(token)) throw new ImError('auth/token-expired', 'It has run out.');
        const issuedAt = this.issued.get(token);
        return {
          userId: token.split('#')[0] ?? '',
          expiresAt: this.now() + 3_600_000,
          ...(issuedAt !== undefined && { issuedAt }),
        };
      },
      ...this.#options,
    };
    return createCore(options);
  }
}

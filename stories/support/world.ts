/**
 * A whole world in the page: the real server core with people and conversations, and the real client
 * of one of them. Stories act in it as the other people, and as the network.
 */
import { createClient } from '../../src/client/create-client.js';
import type { ImClient } from '../../src/client/public.js';
import type { ChangeBodies, ChangeKind } from '../../src/protocol/changes.js';
import { c2cId } from '../../src/protocol/ids.js';
import { ImError } from '../../src/protocol/im-error.js';
import type { Core, Identity } from '../../server/src/core/core.js';
import { createCore } from '../../server/src/core/create-core.js';
import { seedDemo } from '../../server/src/demo/seed.js';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import { GatedSocket, type Line } from './gated-socket.js';

export type WorldOptions = {
  /** Whose client it is. */
  readonly user?: string;
  /** `demo` has the demo's people and conversations, `people` no conversation. Default `demo`. */
  readonly seed?: 'demo' | 'people';
  /** More that has happened, before the client connects. */
  readonly before?: (world: World) => Promise<void> | void;
};

const worlds = new Set<World>();
let count = 0;

/** Waits until something that was started before has come true. */
export async function until(isSo: () => boolean, what: string = ''): Promise<void> {
  const deadline = performance.now() + 8_000;
  while (!isSo()) {
    if (performance.now() > deadline)
      throw new Error(`Never came true: ${what || isSo.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export class World {
  readonly userId: string;
  readonly core: Core;
  readonly store: MemoryStore = new MemoryStore();
  /** Where the clock of the server stands; undefined is now. */
  clock: number | undefined;
  refusesTokens = false;
  readonly #line: Line = { isCut: false, held: new Set(), refusal: undefined };
  readonly #sockets: GatedSocket[] = [];
  readonly #others = new Map<string, ImClient>();
  readonly #server: string = `https://story-${++count}.example`;
  #client: ImClient | undefined;

  constructor(userId: string) {
    this.userId = userId;
    this.core = createCore({
      store: this.store,
      now: () => this.clock ?? Date.now(),
      randomBytes: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
      schedule: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
      authenticate: (token) => this.#authenticate(token),
    });
    worlds.add(this);
  }

  /** The client of `userId`; made, and connected, when it is first asked for. */
  get client(): ImClient {
    this.#client ??= createClient({
      server: this.#server,
      token: () => this.userId,
      userId: this.userId,
      logLevel: 'silent',
      openSocket: () => {
        const socket = new GatedSocket(this.core, this.#line);
        this.#sockets.push(socket);
        return socket;
      },
    });
    return this.#client;
  }

  /** The conversation of this user with another. */
  with(userId: string): string {
    return c2cId(this.userId, userId);
  }

  /** Somebody writes. `minutesAgo` sets the clock for the message; gives the place of the message. */
  async says(
    sender: string,
    conversation: string,
    text: string,
    minutesAgo: number = 0,
  ): Promise<number> {
    this.clock = minutesAgo > 0 ? Date.now() - minutesAgo * 60_000 : undefined;
    const { seq } = await this.core.post(conversation, sender, 'text', { text });
    this.clock = undefined;
    return seq;
  }

  /** Somebody edits, takes back, deletes, pins or reacts to the message at `target`. */
  async changes<K extends ChangeKind>(
    sender: string,
    conversation: string,
    kind: K,
    body: ChangeBodies[K],
  ): Promise<void> {
    await this.core.post(conversation, sender, kind, body);
  }

  /** Has a conversation's newest messages on this device, as after it was opened once. */
  async reads(conversation: string): Promise<void> {
    const history = this.client.history(conversation);
    let isThere = false;
    const watching = history.state.subscribe({
      next: ({ messages, loading }) => (isThere = messages.length > 1 && loading === undefined),
    });
    await until(() => isThere, `messages of ${conversation}`);
    watching.unsubscribe();
    history.close();
  }

  /** The client of another person, for what only a connected device does: typing and reading. */
  as(userId: string): ImClient {
    let other = this.#others.get(userId);
    if (!other) {
      const line: Line = { isCut: false, held: new Set(), refusal: undefined };
      other = createClient({
        server: this.#server,
        token: userId,
        userId,
        storage: 'memory',
        logLevel: 'silent',
        openSocket: () => new GatedSocket(this.core, line),
      });
      this.#others.set(userId, other);
    }
    return other;
  }

  /** Cuts every line of this user, and every new one. */
  cutLink(): void {
    this.#line.isCut = true;
    for (const socket of this.#sockets.splice(0)) socket.close(1006, 'cut');
  }

  restoreLink(): void {
    this.#line.isCut = false;
    this.client.reconnect();
  }

  /** Holds back the server's frames of these types; with none, lets everything through. */
  hold(...types: readonly string[]): void {
    this.#line.held = new Set(types);
    if (types.length === 0) for (const socket of this.#sockets) socket.release();
  }

  /** The server refuses the next message for good. */
  refuseNextMessage(code: string): void {
    this.#line.refusal = code;
  }

  /** The server accepts no token any more; whoever is connected is sent away. */
  refuseTokens(): void {
    this.refusesTokens = true;
    for (const socket of this.#sockets.splice(0)) socket.close(1006, 'token');
  }

  async connected(): Promise<void> {
    await reached(this.client, 'connected');
  }

  async end(): Promise<void> {
    worlds.delete(this);
    await Promise.all([...this.#others.values()].map((other) => other.destroy()));
    await this.#client?.logout({ wipe: true });
    await this.#client?.destroy();
    await this.core.drain();
  }

  async #authenticate(token: string): Promise<Identity> {
    if (this.refusesTokens) throw new ImError('auth/token-invalid', 'No token is good.');
    return { userId: token, expiresAt: Date.now() + 86_400_000 };
  }
}

/** Resolves when a client's connection has a status. */
export async function reached(client: ImClient, status: string): Promise<void> {
  let now = '';
  const watching = client.connection.subscribe({ next: (state) => (now = state.status) });
  await until(() => now === status, `connection ${status}`);
  watching.unsubscribe();
}

/** Makes the client while IndexedDB opens nothing, as in some private windows. */
export async function failStorage(here: World): Promise<void> {
  const working = Object.getOwnPropertyDescriptor(IDBFactory.prototype, 'open')!;
  const value = (): never => {
    throw new DOMException('The story lets storage fail.', 'InvalidStateError');
  };
  Object.defineProperty(IDBFactory.prototype, 'open', { ...working, value });
  let status = '';
  const watching = here.client.storage.subscribe({ next: (state) => (status = state.status) });
  await until(() => status === 'memory').finally(() => {
    Object.defineProperty(IDBFactory.prototype, 'open', working);
    watching.unsubscribe();
  });
}

/** A loader of Storybook: the story finds the world in `loaded.world`. */
export function world(options: WorldOptions = {}): () => Promise<{ world: World }> {
  return async () => {
    const { user = 'alice', seed = 'demo', before } = options;
    const made = new World(user);
    if (seed === 'demo') await seedDemo(made.store, Date.now());
    else await made.core.putUser({ id: user, name: 'Alice Meyer' });
    await before?.(made);
    return { world: made };
  };
}

/** Ends all worlds that stories have made. */
export async function endWorlds(): Promise<void> {
  await Promise.all([...worlds].map((made) => made.end()));
}

/** Devices on wires in memory, and a store that a test holds back: the core with nothing around it. */
import assert from 'node:assert/strict';
import type { Core, CoreOptions, Session } from '../../server/src/core/core.js';
import { createCore } from '../../server/src/core/create-core.js';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import type { Commit } from '../../server/src/store/store.js';
import { decodeServerFrame } from '../../src/protocol/decode.js';
import { ImError } from '../../src/protocol/im-error.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';

type Type = ServerFrame['type'];
type Of<T extends Type> = Extract<ServerFrame, { type: T }>;

/** A device on a wire that keeps what it is told. */
export class Device {
  readonly frames: ServerFrame[] = [];
  closed: number | undefined;
  readonly #wire: { bufferedBytes: number };
  readonly session: Session;
  #id = 0;

  constructor(core: Core) {
    const wire = {
      bufferedBytes: 0,
      send: (text: string) => this.frames.push(decodeServerFrame(text)),
      close: (code: number) => (this.closed = code),
    };
    this.#wire = wire;
    this.session = core.connect(wire);
  }

  /** Pretends that so much waits in the network. */
  buffer(bytes: number): void {
    this.#wire.bufferedBytes = bytes;
  }

  say(frame: object): number {
    const id = ++this.#id;
    this.session.receive(JSON.stringify({ id, ...frame }));
    return id;
  }

  async ask<T extends Type>(type: T, frame: object): Promise<Of<T>> {
    const id = this.say(frame);
    await settle();
    const answer = this.frames.find((found) => 'id' in found && found.id === id);
    assert.equal(answer?.type, type, JSON.stringify(answer));
    return answer as Of<T>;
  }

  send(n: number, text: string, rest: object = {}): number {
    const body = { text };
    return this.say({
      type: 'send',
      conversation: 'c2c:alice:bob',
      clientId: `k${n}`,
      n,
      kind: 'text',
      body,
      ...rest,
    });
  }

  pushed<T extends Type>(type: T): Of<T>[] {
    return this.frames.filter((found): found is Of<T> => found.type === type);
  }
}

/** Lets everything that waits for promises run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
}

/** A memory store whose commits can be held back or refused. */
export class TestStore extends MemoryStore {
  refusing = false;
  /** How many have been tried. */
  commits = 0;
  held: (() => void)[] | undefined;

  override async commit(commit: Commit): Promise<void> {
    this.commits++;
    if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
    if (this.refusing) throw new ImError('server/store-unavailable', 'The disk refuses.');
    await super.commit(commit);
  }
}

const BEGINNING = 1_795_478_400_000;

type Timer = { readonly at: number; readonly task: () => void };

/**
 * A core with three people and a clock of its own. Tokens are the people's ids and last a minute from
 * its beginning; a number after # tells when one was issued, in seconds since then.
 */
export class TestCore {
  readonly store: TestStore = new TestStore();
  /** What the core has told the log. */
  readonly observed: Parameters<NonNullable<CoreOptions['observe']>>[0][] = [];
  core: Core;
  readonly #options: Partial<CoreOptions>;
  /** How long a core that is made from now on keeps events. */
  keepMs: number | undefined;
  #now = BEGINNING;
  #timers: Timer[] = [];

  /** What the core waits for between two batches and two long answers. */
  turn: () => Promise<void> = () => Promise.resolve();

  private constructor(options: Partial<CoreOptions>) {
    this.#options = options;
    this.core = this.#makeCore();
  }

  static async open(options: Partial<CoreOptions> = {}): Promise<TestCore> {
    const made = new TestCore(options);
    for (const id of ['alice', 'bob', 'lin']) await made.core.putUser({ id, name: id });
    return made;
  }

  async connect(
    token: string,
    device: string = `of-${token.split('#')[0]}`,
    version: number = PROTOCOL_VERSION,
    rest: object = {},
  ): Promise<Device> {
    const connected = new Device(this.core);
    await connected.ask('ready', { type: 'hello', version, token, device, ...rest });
    return connected;
  }

  get now(): number {
    return this.#now;
  }

  /** Lets time pass, and what it brings happen. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#now = next.at;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      next.task();
    }
    this.#now = end;
  }

  /** Another process over the same store. */
  restart(): void {
    this.#timers = [];
    this.core = this.#makeCore();
  }

  #makeCore(): Core {
    const expiresAt = this.#now + 60_000;
    return createCore({
      store: this.store,
      ...(this.keepMs !== undefined && { keepMs: this.keepMs }),
      now: () => this.#now,
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      schedule: (delayMs, task) => {
        const timer = { at: this.#now + delayMs, task };
        this.#timers.push(timer);
        return () => {
          this.#timers = this.#timers.filter((other) => other !== timer);
        };
      },
      turn: () => this.turn(),
      authenticate: async (token) => {
        if (token === 'expired') throw new ImError('auth/token-expired', 'Too late.');
        const [userId = '', issued] = token.split('#');
        const issuedAt = BEGINNING + Number(issued) * 1_000;
        return { userId, expiresAt, ...(issued !== undefined && { issuedAt }) };
      },
      observe: (event) => this.observed.push(event),
      ...this.#options,
    });
  }

  #due(end: number): Timer | undefined {
    const due = this.#timers.filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}

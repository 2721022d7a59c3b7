/** The locks and channels that the tabs of one browser share, without a browser. */
import type { Channel, Environment, LockOptions, Locks } from '../../src/client/environment.js';

type Granted = Parameters<Locks['request']>[2];

type Request = {
  readonly tab: FakeTab;
  readonly granted: Granted;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
};

/** Has what a tab is told happen in its turn. */
type Tell = (source: 'channel' | 'locks', task: () => void) => void;

/** One tab, seen from its browser. */
export class FakeTab {
  /** It does not hear what others say, and is not told that it loses a lock. */
  isDeaf = false;
  readonly tell: Tell;
  readonly #browser: FakeBrowser;
  readonly #channels: FakeChannel[] = [];

  constructor(browser: FakeBrowser, tell: Tell) {
    this.#browser = browser;
    this.tell = tell;
  }

  /** What a client takes from it. */
  get environment(): Pick<Environment, 'locks' | 'channel'> {
    return {
      locks: () => ({
        request: (name, how, granted) => this.#browser.request(this, name, how, granted),
      }),
      channel: (name) => {
        const channel = new FakeChannel(name, this.#browser, this);
        this.#channels.push(channel);
        return channel;
      },
    };
  }

  /** The page goes, with all that it holds. */
  close(): void {
    for (const channel of this.#channels) channel.close();
    this.#browser.forget(this);
  }
}

export class FakeBrowser {
  readonly channels: Set<FakeChannel> = new Set();
  readonly #holders: Map<string, Request> = new Map();
  readonly #queues: Map<string, Request[]> = new Map();

  tab(tell: Tell = (_, task) => task()): FakeTab {
    return new FakeTab(this, tell);
  }

  /** How many wait for a lock. */
  waiting(name: string): number {
    return this.#queues.get(name)?.length ?? 0;
  }

  request(tab: FakeTab, name: string, how: LockOptions, granted: Granted): Promise<void> {
    return new Promise((resolve, reject) => {
      const request = { tab, granted, resolve, reject };
      const holder = this.#holders.get(name);
      if (how.steal && holder) {
        this.#holders.delete(name);
        if (!holder.tab.isDeaf) holder.tab.tell('locks', () => holder.reject(new Error('Stolen.')));
      }
      if (!this.#holders.has(name)) this.#hold(name, request);
      else if (how.ifAvailable) this.#grant(request, null, resolve);
      else this.#wait(name, request, how.signal);
    });
  }

  forget(tab: FakeTab): void {
    for (const [name, queue] of this.#queues) {
      this.#queues.set(
        name,
        queue.filter((request) => request.tab !== tab),
      );
    }
    for (const [name, holder] of this.#holders) if (holder.tab === tab) this.#next(name, holder);
  }

  #wait(name: string, request: Request, signal: AbortSignal | undefined): void {
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, [...queue, request]);
    signal?.addEventListener('abort', () => {
      const rest = this.#queues.get(name) ?? [];
      this.#queues.set(
        name,
        rest.filter((other) => other !== request),
      );
      request.reject(new Error('Aborted.'));
    });
  }

  #hold(name: string, request: Request): void {
    this.#holders.set(name, request);
    this.#grant(request, {}, () => {
      request.resolve();
      this.#next(name, request);
    });
  }

  #grant({ tab, granted }: Request, lock: object | null, then: () => void): void {
    const tell = (): void => void Promise.resolve(granted(lock)).then(then);
    queueMicrotask(() => tab.tell('locks', tell));
  }

  #next(name: string, before: Request): void {
    if (this.#holders.get(name) !== before) return;
    this.#holders.delete(name);
    const next = this.#queues.get(name)?.shift();
    if (next) this.#hold(name, next);
  }
}

class FakeChannel implements Channel {
  onmessage: ((event: never) => void) | null = null;
  readonly #name: string;
  readonly #browser: FakeBrowser;
  readonly #tab: FakeTab;

  constructor(name: string, browser: FakeBrowser, tab: FakeTab) {
    this.#name = name;
    this.#browser = browser;
    this.#tab = tab;
    browser.channels.add(this);
  }

  postMessage(message: unknown): void {
    const data: unknown = structuredClone(message);
    for (const other of this.#browser.channels) {
      if (other === this || other.#name !== this.#name) continue;
      queueMicrotask(() => other.#receive(data));
    }
  }

  close(): void {
    this.#browser.channels.delete(this);
  }

  #receive(data: unknown): void {
    if (this.#tab.isDeaf) return;
    this.#tab.tell('channel', () => {
      if (this.#browser.channels.has(this)) this.onmessage?.({ data } as never);
    });
  }
}

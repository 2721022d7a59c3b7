/** Everything outside the client that its behaviour depends on, so that tests own it. */
export type Environment = {
  /** Milliseconds since 1970; may jump. */
  readonly now: () => number;
  /** At least 0, less than 1. */
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Runs `task` once after `delayMs`, unless the function it returns is called before. */
  readonly schedule: (delayMs: number, task: () => void) => () => void;
  /** The runtime's IndexedDB, or undefined where there is none. */
  readonly indexedDb: () => IndexedDb | undefined;
  /** An IndexedDB that lives in memory and starts empty. */
  readonly memoryDb: () => Promise<IndexedDb>;
  /**
   * Calls `wake` whenever the page may have slept or the network changed, and `freeze` right before it
   * is frozen, until the result is called.
   */
  readonly watchPage: (wake: () => void, freeze: () => void) => () => void;
  /**
   * Resolves when a page has drawn what it has to draw, or after half a second; undefined where nothing
   * is drawn.
   */
  readonly atRest?: (() => Promise<unknown>) | undefined;
  /** The locks that the tabs of a browser share; undefined where there are none. */
  readonly locks: () => Locks | undefined;
  /** Opens what is said to all other tabs under a name; undefined where there can be none. */
  readonly channel: (name: string) => Channel | undefined;
  /**
   * Calls `touch` whenever somebody uses this device, until the result is called; undefined where that
   * cannot be known. Default: as the page tells.
   */
  readonly watchUse?: (touch: () => void) => (() => void) | undefined;
};

/** What a lock is asked for with: at most one of these. */
export type LockOptions = {
  /** Do not wait: without the lock, `granted` is called with null. */
  readonly ifAvailable?: boolean;
  /** Whoever holds the lock loses it: its `request` rejects. */
  readonly steal?: boolean;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
};

/** The part of `navigator.locks` that electing a leader takes. */
export interface Locks {
  /**
   * Waits for the lock, calls `granted`, and holds it until what that gives has settled. Rejects with
   * an error when the lock is stolen, or when `signal` ends the waiting. A page that goes holds none.
   */
  request(
    name: string,
    options: LockOptions,
    granted: (lock: unknown) => Promise<void> | undefined,
  ): Promise<unknown>;
}

/** The part of a `BroadcastChannel` that tabs talk through: each hears what the others say. */
export interface Channel {
  onmessage: ((event: never) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
}

/** The two globals that Dexie needs. */
export type IndexedDb = {
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: typeof IDBKeyRange;
};

function schedule(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

function runtimeIndexedDb(): IndexedDb | undefined {
  const { indexedDB, IDBKeyRange } = globalThis as Partial<IndexedDb>;
  return indexedDB && IDBKeyRange && { indexedDB, IDBKeyRange };
}

async function memoryDb(): Promise<IndexedDb> {
  const fake = await import('fake-indexeddb');
  return { indexedDB: new fake.IDBFactory(), IDBKeyRange: fake.IDBKeyRange };
}

function watchPage(wake: () => void, freeze: () => void): () => void {
  // Workers have no document, Node has neither.
  const { document, addEventListener } = globalThis as Partial<typeof globalThis>;
  if (!addEventListener) return () => undefined;
  const watching = new AbortController();
  const { signal } = watching;
  for (const type of ['online', 'offline', 'pageshow']) {
    addEventListener(type, wake, { signal });
  }
  document?.addEventListener('freeze', freeze, { signal });
  document?.addEventListener('resume', wake, { signal });
  document?.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') wake();
    },
    { signal },
  );
  return () => watching.abort();
}

function locks(): Locks | undefined {
  return (globalThis as { navigator?: { locks?: Locks } }).navigator?.locks;
}

function channel(name: string): Channel | undefined {
  // Outside of a browser nobody else uses the database, and an open channel keeps a process alive.
  return 'isSecureContext' in globalThis ? new BroadcastChannel(name) : undefined;
}

/** A page that never rests goes on after this long. */
const REST_MS = 500;

function atRest(): Promise<unknown> {
  return new Promise((rest) => {
    // Safari has no such call.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(rest, { timeout: REST_MS });
    else setTimeout(rest, REST_MS / 5);
  });
}

/** The outside as the runtime has it. Only calling its members touches anything. */
export const RUNTIME: Environment = {
  now: () => Date.now(),
  random: () => Math.random(),
  randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
  schedule,
  indexedDb: runtimeIndexedDb,
  memoryDb,
  watchPage,
  atRest: 'document' in globalThis ? atRest : undefined,
  locks,
  channel,
};

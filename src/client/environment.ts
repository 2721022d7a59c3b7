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
  /** Calls `wake` whenever the page may have slept or the network changed, until the result is called. */
  readonly watchPage: (wake: () => void) => () => void;
  /**
   * Calls `touch` whenever somebody uses this device, until the result is called; undefined where that
   * cannot be known. Default: as the page tells.
   */
  readonly watchUse?: (touch: () => void) => (() => void) | undefined;
};

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

function watchPage(wake: () => void): () => void {
  // Workers have no document, Node has neither.
  const { document, addEventListener } = globalThis as Partial<typeof globalThis>;
  if (!addEventListener) return () => undefined;
  const watching = new AbortController();
  const { signal } = watching;
  for (const type of ['online', 'offline', 'pageshow']) {
    addEventListener(type, wake, { signal });
  }
  document?.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') wake();
    },
    { signal },
  );
  return () => watching.abort();
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
};

/** A running server: its parts in the order in which they start, and the reverse on the way out. */
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { ImError } from '../../src/protocol/im-error.js';
import { openAppKeys, type AppKeys } from './config/app-keys.js';
import type { Settings } from './config/settings.js';
import type { CoreEvent } from './core/core.js';
import { createCore } from './core/create-core.js';
import { seedDemo } from './demo/seed.js';
import { createServer } from './http/create-server.js';
import { listen } from './http/listen.js';
import type { Log } from './http/log.js';
import { createMetrics } from './http/metrics.js';
import { createOrigins, type Origins } from './http/origins.js';
import type { RouteContext } from './http/routes.js';
import { KIT_HEADERS, PAGE_HEADERS, type Mount } from './http/static-files.js';
import { createTokens } from './http/tokens.js';
import { openSqliteStore } from './store/sqlite-store.js';
import type { Store } from './store/store.js';

/** How long sockets have to leave by themselves. */
const LEAVE_MS = 1_000;

const publicFolder = (path: string): string =>
  fileURLToPath(new URL(`../public/${path}`, import.meta.url));

export type RunningServer = {
  readonly port: number;
  readonly keys: AppKeys;
  /** Whether the keys were made by this run, and have not been seen by anybody yet. */
  readonly keysAreNew: boolean;
  /** Finishes what was accepted, tells everybody to come back, and closes the store. */
  stop(): Promise<void>;
};

export type RunOptions = {
  readonly settings: Settings;
  /** The data folder: there, and writable. */
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
};

/** Everything is served to everybody; the demo pages only where the demo is. */
function mounts(dev: boolean): readonly Mount[] {
  const kit = { prefix: '/kit/', folder: publicFolder('kit'), headers: KIT_HEADERS };
  return dev ? [kit, { prefix: '/', folder: publicFolder(''), headers: PAGE_HEADERS }] : [kit];
}

/** How the store does, by its last answer. */
class StoreWatch {
  #failed = false;

  observe(event: CoreEvent): void {
    if (event.type === 'store-failed') this.#failed = true;
    if (event.type === 'committed') this.#failed = false;
  }

  async isFine(store: Store): Promise<boolean> {
    if (this.#failed) return false;
    try {
      await store.revision();
      return true;
    } catch {
      return false;
    }
  }
}

function observeInto(log: Log, observers: readonly ((event: CoreEvent) => void)[]) {
  return (event: CoreEvent): void => {
    for (const observe of observers) observe(event);
    if (event.type === 'store-failed') log.error({ err: event.error }, 'the store refuses');
    else log.trace(event, 'core');
  };
}

/**
 * Starts everything.
 *
 * @throws StoreLockedError, `EADDRINUSE`, or what the data folder's files have against it.
 */
export async function run({ settings, folder, version, log }: RunOptions): Promise<RunningServer> {
  const opened = settings.keys ? { keys: settings.keys, made: false } : await openAppKeys(folder);
  const store = openSqliteStore(folder);
  const watch = new StoreWatch();
  const metrics = createMetrics(() => server.sockets.count);
  const tokens = await createTokens(opened.keys);
  const core = createCore({
    store,
    now: Date.now,
    randomBytes: (count) => randomBytes(count),
    schedule: (delayMs, task) => {
      const timer = setTimeout(task, delayMs);
      return () => clearTimeout(timer);
    },
    authenticate: (token) => tokens.authenticate(token),
    observe: observeInto(log, [(event) => metrics.observe(event), (event) => watch.observe(event)]),
  });
  let allowed = createOrigins(settings.origins);
  const origins: Origins = { allows: (origin) => allowed.allows(origin) };
  const startedAt = performance.now();
  const health: RouteContext['health'] = async () => {
    const storeOk = await watch.isFine(store);
    const upSeconds = Math.round((performance.now() - startedAt) / 1_000);
    const report = { status: storeOk ? 'ok' : 'store-unavailable', version, upSeconds };
    return { storeOk, report: { ...report, sockets: server.sockets.count } };
  };
  const server = createServer({
    core,
    keys: opened.keys,
    tokens,
    origins,
    metrics,
    health,
    mounts: mounts(settings.dev),
    dev: settings.dev,
    version,
    log,
  });
  try {
    if (settings.dev) await seedDemo(store, Date.now());
    const port = await listen(server.http, settings.host, settings.port, settings.dev);
    if (settings.dev) allowed = createOrigins(settings.origins, port);
    return {
      port,
      keys: opened.keys,
      keysAreNew: opened.made,
      async stop() {
        server.sockets.drain();
        const closed = new Promise((resolve) => server.http.close(resolve));
        await core.drain();
        const late = setTimeout(() => {
          server.sockets.terminate();
          server.http.closeAllConnections();
        }, LEAVE_MS);
        await closed;
        clearTimeout(late);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error instanceof ImError ? new Error(error.message, { cause: error }) : error;
  }
}

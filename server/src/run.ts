/** Puts the server together, and takes it apart again without losing anything. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openAppKeys, type AppKeys } from './config/app-keys.js';
import type { Settings } from './config/settings.js';
import { createCore } from './core/create-core.js';
import type { Core, CoreEvent } from './core/core.js';
import { seedDemo } from './demo/seed.js';
import { createServer, type ChatServer } from './http/create-server.js';
import { createHealth, type Health } from './operation/health.js';
import { listen } from './http/listen.js';
import type { Log } from './operation/log.js';
import { createMetrics, type Metrics } from './operation/metrics.js';
import { Refusals } from './operation/refusals.js';
import { Origins } from './http/access/origins.js';
import { KIT_HEADERS, PAGE_HEADERS, type Mount } from './http/static-files.js';
import { createTokens } from './http/access/tokens.js';
import { openSqliteStore } from './store/open-sqlite-store.js';
import type { Store } from './store/store.js';

/** How long sockets and requests may take to end once they were asked to. */
const GOODBYE_MS = 1_500;
const DAY_MS = 86_400_000;

export type RunOptions = {
  readonly settings: Settings;
  /** The data folder, ready for use. */
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
};

export type Running = {
  readonly port: number;
  readonly keys: AppKeys;
  /** Whether the keys were made just now, so that nobody knows them yet. */
  readonly keysMade: boolean;
  /** Resolves when everything accepted is on disk and every socket is closed. */
  stop(): Promise<void>;
};

/**
 * Starts the server.
 *
 * @throws StoreLockedError when another server uses the folder; the system's error when it cannot listen.
 */
export async function run({ settings, folder, version, log }: RunOptions): Promise<Running> {
  const store = openSqliteStore(folder);
  try {
    const { keys, made } = settings.keys
      ? { keys: settings.keys, made: false }
      : await openAppKeys(folder);
    if (settings.dev) await seedDemo(store, Date.now());
    const { server, core, origins } = await connect(
      { settings, folder, version, log },
      store,
      keys,
    );
    const port = await listen(server.http, settings.host, settings.port, settings.dev);
    if (settings.dev) origins.allowOwn(port, settings.host);
    return { port, keys, keysMade: made, stop: () => stop(server, core, store) };
  } catch (error) {
    await store.close();
    throw error;
  }
}

type Connected = { readonly server: ChatServer; readonly core: Core; readonly origins: Origins };

async function connect(options: RunOptions, store: Store, keys: AppKeys): Promise<Connected> {
  const { settings, version, log } = options;
  const tokens = await createTokens(keys);
  const origins = new Origins(settings.origins);
  const health = createHealth(store, version);
  const metrics = createMetrics(() => server.sockets.count);
  const refusals = new Refusals(log, schedule);
  const core = createCore({
    store,
    now: Date.now,
    randomBytes,
    schedule,
    // After the sockets of this turn of the event loop come its immediates.
    turn: () => setImmediate(),
    heartbeatMs: settings.heartbeatMs,
    ...(settings.keepDays !== undefined && { keepMs: settings.keepDays * DAY_MS }),
    authenticate: tokens.authenticate,
    policy: settings.policy,
    maxDevices: settings.maxDevices,
    presence: settings.presence,
    sendRate: settings.sendRate,
    observe: observer(log, metrics, health, refusals),
  });
  const server = createServer({
    core,
    keys,
    tokens,
    origins,
    metrics,
    health,
    refusals,
    mounts: mounts(settings.dev),
    dev: settings.dev,
    version,
    log,
  });
  return { server, core, origins };
}

function schedule(delayMs: number, task: () => void): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}

function observer(
  log: Log,
  metrics: Metrics,
  health: Health,
  refusals: Refusals,
): (event: CoreEvent) => void {
  return (event) => {
    metrics.observe(event);
    health.observe(event);
    if (event.type === 'store-failed')
      log.error({ err: event.error }, 'the store refused a commit');
    else if (event.type === 'refused') refusals.add(event);
    else if (event.type === 'trimmed') log.info(event, 'old events are removed');
    else if (event.type !== 'committed' && event.type !== 'delivered') log.debug(event, event.type);
  };
}

/** The kit is for every site; the demo pages are for this machine alone. */
function mounts(dev: boolean): readonly Mount[] {
  const folder = fileURLToPath(new URL('../public', import.meta.url));
  const kit = { prefix: '/kit/', folder: join(folder, 'kit'), headers: KIT_HEADERS };
  return dev ? [kit, { prefix: '/', folder, headers: PAGE_HEADERS }] : [kit];
}

async function stop({ http, sockets }: ChatServer, core: Core, store: Store): Promise<void> {
  sockets.drain();
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await core.drain();
  const timer = setTimeout(() => {
    sockets.terminate();
    http.closeAllConnections();
  }, GOODBYE_MS);
  await closed;
  clearTimeout(timer);
  await store.close();
}

/**
 * Locks for runtimes that have none, as pages of insecure origins: a row in the database names who
 * holds the lock and until when. Whoever holds it renews it; a tab that has gone lets it run out.
 */
import type { Database } from '../database/database.js';
import type { Storage } from '../database/storage.js';
import type { Environment, LockOptions, Locks } from '../environment.js';

export type LeaseOptions = {
  readonly environment: Environment;
  readonly storage: Pick<Storage, 'use'>;
  readonly signal: AbortSignal;
};

type Lease = { readonly holder: number; readonly until: number };

const LEASE_MS = 5_000;
/** How often a lease is renewed, and how often one is tried for. */
const TURN_MS = 1_000;

/** One lock, in the database that `storage` keeps; its name is not looked at. */
export function leaseLocks(options: LeaseOptions): Locks {
  return { request: (_name, how, granted) => request(options, how, granted) };
}

async function request(
  options: LeaseOptions,
  { ifAvailable, steal, signal }: LockOptions,
  granted: Parameters<Locks['request']>[2],
): Promise<void> {
  const holder = options.environment.random();
  while (!(await take(options, holder, steal === true))) {
    if (ifAvailable) {
      await granted(null);
      return;
    }
    await wait(options);
    if (signal?.aborted || options.signal.aborted) throw new Error('Nobody waits any more.');
  }
  const letGo = new AbortController();
  const held = Promise.resolve(granted({})).finally(() => letGo.abort());
  await Promise.race([held, renewed(options, holder, letGo.signal)]);
  await release(options, holder);
}

/** Renews a lease until it is let go. @throws Error when another holder has it. */
async function renewed(options: LeaseOptions, holder: number, end: AbortSignal): Promise<void> {
  for (;;) {
    await wait(options);
    if (end.aborted) return;
    if (!(await take(options, holder, false))) throw new Error('The lease is lost.');
  }
}

function wait({ environment, signal }: LeaseOptions): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = environment.schedule(TURN_MS, end);
    signal.addEventListener('abort', end);
  });
}

/** Takes or renews the lease; gives whether it is this holder's now. */
function take(
  { environment, storage }: LeaseOptions,
  holder: number,
  steal: boolean,
): Promise<boolean> {
  return storage.use((db) =>
    change(db, (kept) => {
      const now = environment.now();
      // A time further off than any lease lasts comes from a clock that has been set back.
      const isTaken = kept && kept.until > now && kept.until <= now + LEASE_MS;
      if (isTaken && kept.holder !== holder && !steal) return kept;
      return { holder, until: now + LEASE_MS };
    }).then((lease) => lease?.holder === holder),
  );
}

async function release({ storage }: LeaseOptions, holder: number): Promise<void> {
  const free = (kept: Lease | undefined): Lease | undefined =>
    kept?.holder === holder ? undefined : kept;
  // At the end of the client there may be no database any more; then the lease runs out.
  await storage.use((db) => change(db, free)).catch(() => undefined);
}

/** Changes the row in one transaction, and gives what it is then. */
function change(
  db: Database,
  work: (kept: Lease | undefined) => Lease | undefined,
): Promise<Lease | undefined> {
  return db.transaction('rw', db.meta, async () => {
    const row = await db.meta.get('lease');
    const lease = work(row && (JSON.parse(row.value) as Lease));
    if (lease) await db.meta.put({ key: 'lease', value: JSON.stringify(lease) });
    else await db.meta.delete('lease');
    return lease;
  });
}

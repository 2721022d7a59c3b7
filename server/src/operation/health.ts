import type { CoreEvent } from '../core/core.js';
import type { Store } from '../store/store.js';

export type HealthReport = {
  readonly status: 'ok' | 'failing';
  readonly store: 'ok' | 'failing';
  readonly version: string;
  readonly uptimeSeconds: number;
};

export interface Health {
  observe(event: CoreEvent): void;
  report(): Promise<HealthReport>;
}

/** A disk that has refused is tried at most this often, however many ask. */
const PROBE_MS = 2_000;

/**
 * The store is well when it can be read, and has not refused the newest commit. After a refusal nobody
 * may write for a long time, so a question for the report tries the disk itself.
 */
export function createHealth(
  store: Store,
  version: string,
  now: () => number = () => performance.now(),
): Health {
  let refused = false;
  let probedAt = Number.NEGATIVE_INFINITY;

  async function storeStatus(): Promise<'ok' | 'failing'> {
    try {
      await store.revision();
      if (refused && now() - probedAt >= PROBE_MS) {
        probedAt = now();
        await store.probe();
        refused = false;
      }
      return refused ? 'failing' : 'ok';
    } catch {
      return 'failing';
    }
  }

  return {
    observe({ type }) {
      if (type === 'store-failed') refused = true;
      else if (type === 'committed') refused = false;
    },
    async report() {
      const status = await storeStatus();
      return { status, store: status, version, uptimeSeconds: Math.floor(process.uptime()) };
    },
  };
}

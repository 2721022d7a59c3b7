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

/** The store is well when it can be read, and has not refused the newest commit. */
export function createHealth(store: Store, version: string): Health {
  let refused = false;

  async function storeStatus(): Promise<'ok' | 'failing'> {
    try {
      await store.revision();
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

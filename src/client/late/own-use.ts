/** Whether somebody is at this device. */
import { TIMES } from '../../protocol/limits.js';
import type { Environment } from '../environment.js';

/** Touches of the page are counted this often. */
const STEP_MS = 1_000;

export class OwnUse {
  state: 'active' | 'away' = 'active';
  readonly #environment: Environment;
  readonly #changed: () => void;
  readonly #stopWatching: (() => void) | undefined;
  #touchedAt: number;
  #cancel: (() => void) | undefined;

  constructor(environment: Environment, changed: () => void) {
    this.#environment = environment;
    this.#changed = changed;
    this.#touchedAt = environment.now();
    this.#stopWatching = (environment.watchUse ?? watchUse)(() => this.#touch());
    if (this.#stopWatching) this.#wait(TIMES.awayAfterMs);
  }

  stop(): void {
    this.#stopWatching?.();
    this.#cancel?.();
  }

  #touch(): void {
    const now = this.#environment.now();
    if (this.state === 'active' && Math.abs(now - this.#touchedAt) < STEP_MS) return;
    this.#touchedAt = now;
    if (this.state === 'active') return;
    this.state = 'active';
    this.#changed();
    this.#wait(TIMES.awayAfterMs);
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#environment.schedule(delayMs, () => {
      const restMs = this.#touchedAt + TIMES.awayAfterMs - this.#environment.now();
      // A clock that has jumped back must not keep anybody here for ever.
      if (restMs > 0) {
        this.#wait(Math.min(restMs, TIMES.awayAfterMs));
        return;
      }
      this.state = 'away';
      this.#changed();
    });
  }
}

/** A page that is hidden is not used. Undefined where there is no page: bots are always there. */
function watchUse(touch: () => void): (() => void) | undefined {
  const { document } = globalThis as Partial<typeof globalThis>;
  if (!document) return;
  const watching = new AbortController();
  const options = { signal: watching.signal, passive: true, capture: true };
  const used = (): void => {
    if (document.visibilityState === 'visible') touch();
  };
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'visibilitychange']) {
    document.addEventListener(type, used, options);
  }
  return () => watching.abort();
}

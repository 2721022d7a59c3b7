/**
 * All sockets of a core. One sweep looks after every deadline, so that an idle socket costs no timer
 * of its own; it counts its own turns, so that a jump of the clock closes nobody.
 */
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import type { CoreOptions } from '../core.js';
import type { CoreSession } from './session.js';

/** Deadlines are kept to within this. */
export const SWEEP_MS = 1_000;
/** Clients that were sent away come back within this time, each at a moment of its own … */
const RETURN_SPREAD_MS = 2_000;
/** … or within as much longer as it takes for no more than this many to come in a second. */
const RETURNS_A_SECOND = 500;

export class Sessions {
  draining = false;
  readonly #options: CoreOptions;
  readonly #open = new Set<CoreSession>();
  #count = 0;
  #cancelSweep: (() => void) | undefined;

  constructor(options: CoreOptions) {
    this.#options = options;
  }

  /** A number that no other session has. */
  nextNumber(): number {
    return ++this.#count;
  }

  add(session: CoreSession): void {
    this.#open.add(session);
    this.#cancelSweep ??= this.#options.schedule(SWEEP_MS, () => this.#sweep());
  }

  remove(session: CoreSession): void {
    this.#open.delete(session);
    if (this.#open.size > 0) return;
    this.#cancelSweep?.();
    this.#cancelSweep = undefined;
  }

  /** Ends every session with `bye` and a time to come back. */
  sayBye(): void {
    const spreadMs = Math.max(RETURN_SPREAD_MS, (this.#open.size / RETURNS_A_SECOND) * 1_000);
    for (const session of [...this.#open]) {
      const [high = 0, low = 0] = this.#options.randomBytes(2);
      const retryAfterMs = 250 + Math.round(((256 * high + low) / 65_535) * spreadMs);
      const message = 'The server is stopping.';
      session.end(new ImError('server/shutting-down', message, { retryAfterMs }), CLOSE.goingAway);
    }
  }

  #sweep(): void {
    this.#cancelSweep = undefined;
    const now = this.#options.now();
    for (const session of [...this.#open]) session.age(now);
    if (this.#open.size === 0) return;
    this.#cancelSweep = this.#options.schedule(SWEEP_MS, () => this.#sweep());
  }
}

/**
 * All sockets of a core. One sweep looks after every deadline, so that an idle socket costs no timer
 * of its own; it counts its own turns, so that a jump of the clock closes nobody.
 */
import { CLOSE } from '../../../src/protocol/close-codes.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { TIMES } from '../../../src/protocol/limits.js';
import type { CoreOptions } from './core.js';
import type { CoreSession } from './session.js';

const SWEEP_MS = 5_000;
const HELLO_SWEEPS = Math.ceil(TIMES.helloDeadlineMs / SWEEP_MS);
const SILENT_SWEEPS = Math.ceil(TIMES.silenceMs / SWEEP_MS);
/** Clients that were sent away come back within this time, each at a moment of its own. */
const RETURN_SPREAD_MS = 2_000;

export class Sessions {
  draining = false;
  readonly #options: CoreOptions;
  readonly #open = new Set<CoreSession>();
  #cancelSweep: (() => void) | undefined;

  constructor(options: CoreOptions) {
    this.#options = options;
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
    for (const session of [...this.#open]) {
      const [byte = 0] = this.#options.randomBytes(1);
      const retryAfterMs = 250 + Math.round((byte / 255) * RETURN_SPREAD_MS);
      const message = 'The server is stopping.';
      session.end(new ImError('server/shutting-down', message, { retryAfterMs }), CLOSE.goingAway);
    }
  }

  #sweep(): void {
    this.#cancelSweep = undefined;
    const now = this.#options.now();
    for (const session of [...this.#open]) this.#look(session, now);
    if (this.#open.size === 0) return;
    this.#cancelSweep = this.#options.schedule(SWEEP_MS, () => this.#sweep());
  }

  #look(session: CoreSession, now: number): void {
    session.quietSweeps++;
    if (session.expiresAt <= now) {
      const error = new ImError('auth/token-expired', 'The token has run out.');
      session.end(error, CLOSE.unauthorized);
    } else if (session.quietSweeps > (session.isReady ? SILENT_SWEEPS : HELLO_SWEEPS)) {
      const error = new ImError('connection/timeout', 'Nothing was heard for too long.');
      session.end(error, CLOSE.silent);
    }
  }
}

import { ImError } from '../../protocol/im-error.js';
import { LIMITS, TIMES } from '../../protocol/limits.js';
import type { Environment } from '../environment.js';

export type HeartbeatOptions = {
  readonly environment: Environment;
  readonly everyMs: number;
  /** Resolves when the server answered. */
  readonly ping: (deadlineMs: number) => Promise<void>;
  /** Called when it did not. */
  readonly dead: (error: ImError) => void;
};

/** How often a sleep of the machine is looked for; more often where the heart beats faster. */
const TICK_MS = 2_500;
const TICKS_A_BEAT = 6;
/** A tick that comes this late means that everything stood still. */
const DRIFT_MS = 10_000;
/** How long a socket has to prove itself after a sleep. */
const DOUBT_MS = 5_000;

/** Pings one socket regularly, and at once when there is a doubt about it. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #tickMs: number;
  /** With this deadline a dead socket is found within two heartbeats. */
  readonly #deadlineMs: number;
  #cancel: () => void = () => undefined;
  #tickedAt: number;
  #pingedAt: number;
  #stopped = false;

  constructor(options: HeartbeatOptions) {
    const { everyMs } = options;
    this.#options = options;
    this.#tickMs = Math.min(TICK_MS, everyMs / TICKS_A_BEAT);
    this.#deadlineMs = Math.min(TIMES.pongDeadlineMs, (everyMs * 2) / 3);
    this.#tickedAt = this.#pingedAt = options.environment.now();
    this.#schedule();
  }

  /** Demands an answer within a short time. */
  check(): void {
    this.#doubt(this.#stoodStillMs());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel();
  }

  #schedule(): void {
    this.#cancel = this.#options.environment.schedule(this.#tickMs, () => this.#tick());
  }

  #tick(): void {
    const { environment, everyMs } = this.#options;
    const stoodStillMs = this.#stoodStillMs();
    const now = (this.#tickedAt = environment.now());
    this.#schedule();
    if (Math.abs(stoodStillMs) > DRIFT_MS) this.#doubt(stoodStillMs);
    else if (now - this.#pingedAt > everyMs - this.#tickMs) void this.#ping(this.#deadlineMs);
  }

  /** How much later it is than a tick after the last one; below 0 when a clock was put back. */
  #stoodStillMs(): number {
    return this.#options.environment.now() - this.#tickedAt - this.#tickMs;
  }

  /** After a long sleep there is nothing to ask: the server has closed a socket that said nothing. */
  #doubt(stoodStillMs: number): void {
    const { everyMs, dead } = this.#options;
    if (stoodStillMs <= LIMITS.silentHeartbeats * everyMs) void this.#ping(DOUBT_MS);
    else dead(new ImError('connection/timeout', 'The device has slept.'));
  }

  async #ping(deadlineMs: number): Promise<void> {
    this.#pingedAt = this.#options.environment.now();
    try {
      await this.#options.ping(deadlineMs);
    } catch (error) {
      if (!this.#stopped) {
        this.#options.dead(
          new ImError('connection/timeout', 'The server is silent.', { cause: error }),
        );
      }
    }
  }
}

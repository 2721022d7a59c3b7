/** The server: one core after another over the same disk. */
import type { Core, Session, Wire } from '../../../server/src/core/core.js';
import { createCore } from '../../../server/src/core/create-core.js';
import { MemoryStore } from '../../../server/src/store/memory-store.js';
import type { Commit } from '../../../server/src/store/store.js';
import { ImError } from '../../../src/protocol/im-error.js';
import type { Clock, Owner } from './clock.js';
import { DurableStore, type Disk } from './durable-store.js';
import type { Far } from './link.js';
import type { Random } from './random.js';

const EPOCH = 1_795_478_400_000;
const TOKEN_MS = 3_600_000;
/** How often a server here looks for what is too old. */
const SWEEP_MS = 4_000;

export type ServerOptions = {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: Disk;
  /** How long events are kept; undefined for ever. */
  readonly keepMs: number | undefined;
  readonly onCommitted: (commit: Commit) => void;
};

export class Server implements Far {
  readonly owner: Owner = { name: 'server', stepMs: () => 1, lastStepAt: 0 };
  /** What is on the disk. */
  readonly store: MemoryStore = new MemoryStore();
  readonly disk: Disk;
  /** How wrong the clock on its wall is, in milliseconds. */
  skewMs = 0;
  /** The latest that its clock has ever shown. */
  latest = 0;
  core: Core | undefined;
  readonly #options: ServerOptions;
  #process: DurableStore | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.disk = options.disk;
    this.start();
  }

  /** Begins a new process, unless one runs. */
  start(): void {
    if (this.core) return;
    const { clock, random, disk, keepMs, onCommitted } = this.#options;
    const { owner, store } = this;
    const process = new DurableStore({ store, disk, clock, owner, random, onCommitted });
    const isAlive = (): boolean => this.#process === process;
    this.#process = process;
    const now = (): number => {
      const time = Math.floor(EPOCH + clock.now + this.skewMs);
      this.latest = Math.max(this.latest, time);
      return time;
    };
    this.core = createCore({
      store: process,
      now,
      ...(keepMs !== undefined && { keepMs, sweepMs: SWEEP_MS }),
      randomBytes: (count) => random.bytes(count),
      schedule: (delayMs, task) =>
        clock.schedule(owner, delayMs, () => {
          if (isAlive()) task();
        }),
      turn: () => clock.wait(owner, random.mostlySmall(1)),
      authenticate: async (token) => {
        await clock.wait(owner, random.mostlySmall(5));
        const [userId = '', until] = token.split('#');
        const expiresAt = Number(until);
        if (expiresAt < now()) throw new ImError('auth/token-expired', 'It has run out.');
        return { userId, expiresAt };
      },
    });
  }

  /** The process is no more; what it was doing stays undone. */
  crash(): void {
    this.#process?.die();
    this.#process = undefined;
    this.core = undefined;
  }

  connect(wire: Wire): Session | undefined {
    return this.core?.connect(wire);
  }

  /** A token as the site's own back end makes one, by the server's clock. */
  token(user: string): string {
    return `${user}#${Math.floor(EPOCH + this.#options.clock.now + this.skewMs + TOKEN_MS)}`;
  }
}

/** What the clocks on the walls show at the beginning. */
export function wallTime(clock: Clock): number {
  return Math.floor(EPOCH + clock.now);
}

/** What was refused, in the log: once at first, and of a flood how many more there were. */
import type { Log } from './log.js';

export type Refusal = {
  readonly code: string;
  /** Another one for every socket. */
  readonly socket: number | string;
  readonly user?: string | undefined;
  readonly frame?: string | undefined;
};

const GATHERED_MS = 5_000;
/** Sockets and codes that are told apart; what comes on top is told as one. */
const MOST = 10_000;

type Gathered = { readonly first: Refusal; more: number };

export class Refusals {
  readonly #log: Log;
  readonly #schedule: (delayMs: number, task: () => void) => void;
  readonly #gathered = new Map<string, Gathered>();

  constructor(log: Log, schedule: (delayMs: number, task: () => void) => void) {
    this.#log = log;
    this.#schedule = schedule;
  }

  add({ code, socket, user, frame }: Refusal): void {
    const isCrowded = this.#gathered.size >= MOST;
    const key = isCrowded ? code : `${socket} ${code}`;
    const known = this.#gathered.get(key);
    if (known) {
      known.more++;
      return;
    }
    const first = isCrowded ? { code, socket: 'many' } : { code, socket, user, frame };
    this.#log.info(first, 'refused');
    this.#gathered.set(key, { first, more: 0 });
    this.#schedule(GATHERED_MS, () => this.#end(key));
  }

  #end(key: string): void {
    const { first, more } = this.#gathered.get(key) ?? { more: 0 };
    this.#gathered.delete(key);
    if (first && more > 0) this.#log.info({ ...first, more }, 'refused again');
  }
}

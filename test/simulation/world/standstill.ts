/**
 * What reaches a page of which nothing runs: it waits for the page to go on, and comes then. What comes
 * from one source keeps its order; which source is first is anybody's guess, as in a browser.
 */
import type { Clock, Owner } from './clock.js';
import type { Random } from './random.js';

export type Source = 'timers' | 'storage' | 'channel' | 'locks' | 'sockets' | 'page' | 'site';

/** How long a page may take to get to what a source has for it. */
const BEHIND_MS = 50;

export class Standstill {
  isOn = false;
  readonly #clock: Clock;
  readonly #owner: Owner;
  readonly #random: Random;
  readonly #waiting: Map<Source, (() => void)[]> = new Map();
  /** Counts the times that it has gone on: what an earlier one has begun is over. */
  #round = 0;

  constructor(clock: Clock, owner: Owner, random: Random) {
    this.#clock = clock;
    this.#owner = owner;
    this.#random = random;
  }

  /** Has a task of the page happen at once, or when it is its turn after the standstill. */
  run(source: Source, task: () => void): void {
    const waiting = this.#waiting.get(source);
    if (waiting) waiting.push(task);
    else if (this.isOn) this.#waiting.set(source, [task]);
    else task();
  }

  /** The page goes on. */
  end(): void {
    this.isOn = false;
    const round = ++this.#round;
    for (const source of this.#waiting.keys()) {
      this.#next(source, round, this.#random.mostlySmall(BEHIND_MS));
    }
  }

  /** The page is no more: nothing has to wait, for nothing comes of it. */
  forget(): void {
    this.isOn = false;
    this.#round++;
    this.#waiting.clear();
  }

  #next(source: Source, round: number, delayMs: number): void {
    this.#clock.schedule(this.#owner, delayMs, () => {
      const waiting = this.#waiting.get(source);
      if (round !== this.#round || this.isOn || !waiting) return;
      const task = waiting.shift();
      if (waiting.length > 0) this.#next(source, round, 0);
      else this.#waiting.delete(source);
      task?.();
    });
  }
}

import type { Clock, Owner } from './clock.js';

type Item = { readonly bytes: number; readonly deliver: () => void };

/** One direction of a socket: what goes in comes out in its order, later or never. */
export class Lane {
  readonly #clock: Clock;
  /** Who receives. */
  readonly #owner: () => Owner;
  readonly #delayMs: () => number;
  readonly #isHeld: () => boolean;
  #items: Item[] = [];
  #lastDueAt = 0;
  /** How many have been due while they were held. */
  #late = 0;
  #isClosed = false;

  constructor(clock: Clock, owner: () => Owner, delayMs: () => number, isHeld: () => boolean) {
    this.#clock = clock;
    this.#owner = owner;
    this.#delayMs = delayMs;
    this.#isHeld = isHeld;
  }

  /** Bytes that nobody takes in at present. */
  get heldBytes(): number {
    return this.#isHeld() ? this.#items.reduce((sum, { bytes }) => sum + bytes, 0) : 0;
  }

  push(deliver: () => void, bytes: number = 0): void {
    if (this.#isClosed) return;
    const { now } = this.#clock;
    this.#lastDueAt = Math.max(this.#lastDueAt, now + this.#delayMs());
    this.#items.push({ bytes, deliver });
    this.#clock.schedule(this.#owner(), this.#lastDueAt - now, () => this.#deliver());
  }

  /** What was held goes on. */
  release(): void {
    if (this.#isHeld()) return;
    for (; this.#late > 0; this.#late--) {
      this.#clock.schedule(this.#owner(), 0, () => this.#deliver());
    }
  }

  /** Nothing more goes in; what is on its way still arrives. */
  close(): void {
    this.#isClosed = true;
  }

  /** Nothing arrives any more. */
  drop(): void {
    this.#isClosed = true;
    this.#items = [];
  }

  #deliver(): void {
    if (this.#isHeld()) this.#late++;
    else this.#items.shift()?.deliver();
  }
}

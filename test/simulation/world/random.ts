/** Numbers that a seed and a name decide: each part of a world has a stream of its own. */
export class Random {
  #state: number;

  constructor(seed: number, name: string) {
    let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
    for (let index = 0; index < name.length; index++) {
      state = Math.imul(state ^ name.charCodeAt(index), 0x01000193);
    }
    this.#state = state >>> 0;
    // The first numbers of neighbouring seeds resemble each other.
    for (let turn = 0; turn < 4; turn++) this.next();
  }

  /** At least 0, less than 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** At least `from`, less than `to`. */
  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** From `from` to `to`, both included. */
  integer(from: number, to: number): number {
    return Math.floor(this.between(from, to + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.integer(0, list.length - 1)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }

  /** Mostly small, now and then up to `most`. */
  mostlySmall(most: number): number {
    return this.next() ** 4 * most;
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.integer(0, 255));
  }
}

/** What the questions of one socket may cost the others: a bucket that fills again with time. */
import { RATES } from '../../../src/protocol/limits.js';

type Priced = keyof typeof RATES.prices;

function priceOf(type: string): number {
  return Object.hasOwn(RATES.prices, type) ? RATES.prices[type as Priced] : 0;
}

export class Budget {
  #left: number = RATES.burst;
  #filledAt: number;

  constructor(now: number) {
    this.#filledAt = now;
  }

  /** Pays for a request and gives 0, or gives how many milliseconds it is too early. */
  pay(type: string, now: number): number {
    const price = priceOf(type);
    if (price === 0) return 0;
    // The clock may jump; backwards nobody gets anything.
    const passedMs = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#left = Math.min(RATES.burst, this.#left + (passedMs / 1_000) * RATES.perSecond);
    if (this.#left < price) return Math.ceil(((price - this.#left) / RATES.perSecond) * 1_000);
    this.#left -= price;
    return 0;
  }
}

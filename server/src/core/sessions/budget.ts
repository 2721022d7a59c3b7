/** What somebody's frames may cost the others: a bucket that fills again with time. */
export type Rates = {
  /** The most that can be spent at once. */
  readonly burst: number;
  readonly perSecond: number;
  /** By type of frame; any other is free. */
  readonly prices: Readonly<Record<string, number>>;
};

export class Budget {
  readonly #rates: Rates;
  #left: number;
  #filledAt: number;

  constructor(rates: Rates, now: number) {
    this.#rates = rates;
    this.#left = rates.burst;
    this.#filledAt = now;
  }

  /** Pays for a frame and gives 0, or gives how many milliseconds it is too early. */
  pay(type: string, now: number): number {
    const { prices, perSecond } = this.#rates;
    const price = Object.hasOwn(prices, type) ? (prices[type] ?? 0) : 0;
    if (price === 0) return 0;
    this.#fill(now);
    if (this.#left < price) return Math.ceil(((price - this.#left) / perSecond) * 1_000);
    this.#left -= price;
    return 0;
  }

  /** Whether it stands as a new one would. */
  isFull(now: number): boolean {
    this.#fill(now);
    return this.#left >= this.#rates.burst;
  }

  #fill(now: number): void {
    const { burst, perSecond } = this.#rates;
    // The clock may jump; backwards nobody gets anything.
    const passedMs = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#left = Math.min(burst, this.#left + (passedMs / 1_000) * perSecond);
  }
}

/** Above this, the budgets of those who are still for a while are forgotten. */
const MANY = 10_000;

/** One budget for each person, whatever sockets they come by. */
export class Budgets {
  readonly #rates: Rates | undefined;
  readonly #people = new Map<string, Budget>();

  /** @param rates - Undefined makes everything free. */
  constructor(rates: Rates | undefined) {
    this.#rates = rates;
  }

  /** As `Budget.pay`. */
  pay(user: string, type: string, now: number): number {
    if (!this.#rates) return 0;
    let budget = this.#people.get(user);
    if (!budget) {
      if (this.#people.size >= MANY) this.#forget(now);
      budget = new Budget(this.#rates, now);
      this.#people.set(user, budget);
    }
    return budget.pay(type, now);
  }

  #forget(now: number): void {
    for (const [user, budget] of this.#people) if (budget.isFull(now)) this.#people.delete(user);
  }
}

import type { Live, LiveObserver } from './public.js';

type Entry<T> = { readonly observer: LiveObserver<T>; told: boolean };

/** A `Live` that holds its present value. */
export class LiveValue<T> implements Live<T> {
  readonly #entries: Set<Entry<T>> = new Set();
  #held: { readonly value: T } | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** Without an initial value, observers wait for the first `set()`. */
  constructor(...initial: [] | [T]) {
    if (initial.length) this.#held = { value: initial[0] };
  }

  get value(): T | undefined {
    return this.#held?.value;
  }

  /** Tells all observers, unless it is the value they have. */
  set(value: T): void {
    if (this.#held && !this.#failure && Object.is(this.#held.value, value)) return;
    this.#held = { value };
    this.#failure = undefined;
    for (const entry of [...this.#entries]) this.#tell(entry, value);
  }

  /** There is no value, for now; one that comes later is told as ever. */
  fail(error: unknown): void {
    this.#failure = { error };
    for (const entry of [...this.#entries]) this.#tellFailure(entry, error);
  }

  subscribe(observer: LiveObserver<T>): { unsubscribe(): void } {
    const entry = { observer, told: false };
    this.#entries.add(entry);
    // Not at once: a caller may want to use the result inside `next`.
    queueMicrotask(() => {
      if (entry.told) return;
      if (this.#failure) this.#tellFailure(entry, this.#failure.error);
      else if (this.#held) this.#tell(entry, this.#held.value);
    });
    return { unsubscribe: () => this.#entries.delete(entry) };
  }

  #tell(entry: Entry<T>, value: T): void {
    if (!this.#entries.has(entry)) return;
    entry.told = true;
    callSafely(entry.observer.next, value);
  }

  #tellFailure(entry: Entry<T>, error: unknown): void {
    if (!this.#entries.has(entry)) return;
    entry.told = true;
    if (entry.observer.error) callSafely(entry.observer.error, error);
  }
}

/** Calls a function of the page; what it throws is reported like an error in an event listener. */
export function callSafely<T>(callback: (value: T) => void, value: T): void {
  try {
    callback(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}

/**
 * What a screen reader is told about arriving messages: the first at once, what follows within a
 * second as one sentence. Nobody can listen to thirty messages in a second.
 */
const PAUSE_MS = 1_000;

export class Announcer<T> {
  readonly #say: (text: string) => void;
  readonly #describe: (items: readonly T[]) => string;
  #waiting: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param describe - The words for one item, or for several together.
   * @param say - Puts the words where they are read out.
   */
  constructor(describe: (items: readonly T[]) => string, say: (text: string) => void) {
    this.#describe = describe;
    this.#say = say;
  }

  announce(items: readonly T[]): void {
    this.#waiting.push(...items);
    if (!this.#timer) this.#speak();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  #speak(): void {
    this.#timer = undefined;
    if (!this.#waiting.length) return;
    this.#say(this.#describe(this.#waiting));
    this.#waiting = [];
    this.#timer = setTimeout(() => this.#speak(), PAUSE_MS);
  }
}

import { OLDEST_PROTOCOL_VERSION, PROTOCOL_VERSION } from '../../protocol/version.js';

/** The protocol version to say hello with: the newest, unless the server at hand knows it not yet. */
export class SpokenVersion {
  #value: number = PROTOCOL_VERSION;

  get value(): number {
    return this.#value;
  }

  /** The server has refused it. Gives whether there is a lower one; if not, it is the newest again. */
  lower(): boolean {
    const isLast = this.#value <= OLDEST_PROTOCOL_VERSION;
    this.#value = isLast ? PROTOCOL_VERSION : this.#value - 1;
    return !isLast;
  }

  /** The next server may be a newer one. */
  reset(): void {
    this.#value = PROTOCOL_VERSION;
  }
}

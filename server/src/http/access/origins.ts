import { baseUrl } from '../../config/welcome.js';

/** The pages that may connect, by exact origin. */
export class Origins {
  readonly #allowed: Set<string>;

  constructor(allowed: readonly string[]) {
    this.#allowed = new Set(allowed);
  }

  /** A request without an origin comes from no page: bots, tests and back ends pass. */
  allows(origin: string | undefined): boolean {
    return origin === undefined || this.#allowed.has(origin);
  }

  /** Lets in the pages that this server itself serves on loopback, `address` being one of its own. */
  allowOwn(port: number, address: string): void {
    for (const url of ['127.0.0.1', 'localhost', '::1', address].map((host) =>
      baseUrl(host, port),
    )) {
      this.#allowed.add(new URL(url).origin);
    }
  }
}

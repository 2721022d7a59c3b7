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

  /** Lets in the pages that this server itself serves on loopback. */
  allowOwn(port: number): void {
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      this.#allowed.add(new URL(`http://${host}:${port}`).origin);
    }
  }
}

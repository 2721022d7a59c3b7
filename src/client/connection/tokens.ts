import { ImError } from '../../protocol/im-error.js';
import { destroyed } from '../database/storage-errors.js';
import type { Environment } from '../environment.js';
import type { Identity } from '../identity.js';

/** A provider that takes longer has failed. */
const DEADLINE_MS = 30_000;

export type TokensOptions = {
  readonly identity: Identity;
  readonly environment: Environment;
  readonly signal: AbortSignal;
};

/** Fetches tokens to say hello with; a provider that hangs holds up nobody who wants another one. */
export class Tokens {
  readonly #options: TokensOptions;
  #tried = 0;
  #giveUp: () => void = () => undefined;

  constructor(options: TokensOptions) {
    this.#options = options;
    options.signal.addEventListener('abort', () => this.#giveUp());
  }

  /** Whether the page has given another token since the last one was fetched. */
  isReplaced(): boolean {
    return this.#options.identity.revision !== this.#tried;
  }

  /** Whether a refused token can be replaced without the page's help. */
  get isRenewable(): boolean {
    return this.#options.identity.renewable;
  }

  /** Rejects with whatever the provider rejects with, when it takes too long, and after the end. */
  async fetch(): Promise<string> {
    const { identity, signal } = this.#options;
    while (!signal.aborted) {
      this.#tried = identity.revision;
      const token = await this.#ask();
      if (token !== undefined) return token;
    }
    throw destroyed();
  }

  /** Does not wait for the present answer any more. */
  askAgain(): void {
    this.#giveUp();
  }

  async #ask(): Promise<string | undefined> {
    const { identity, environment } = this.#options;
    let cancel = (): void => undefined;
    const otherwise = new Promise<undefined>((resolve, reject) => {
      this.#giveUp = () => resolve(undefined);
      cancel = environment.schedule(DEADLINE_MS, () =>
        reject(new ImError('connection/timeout', 'The token provider did not answer in time.')),
      );
    });
    try {
      return await Promise.race([identity.token(), otherwise]);
    } finally {
      cancel();
    }
  }
}

import { isUserId } from '../protocol/ids.js';
import { ImError } from '../protocol/im-error.js';
import type { Token } from './public.js';

/** The `sub` of a JWT, read without checking anything: the server does that. */
export function subjectOf(token: string): string | undefined {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replace(/-/g, '+').replace(/_/g, '/')), (byte) =>
      byte.charCodeAt(0),
    );
    const { sub } = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown };
    return typeof sub === 'string' && isUserId(sub) ? sub : undefined;
  } catch {
    return;
  }
}

/** Who the client speaks for, and the tokens that prove it. */
export class Identity {
  /** Resolves with the user's id: at once when the options tell it, else with the first token. */
  readonly known: Promise<string>;

  #userId = '';
  #token: Token;
  #offered: string | undefined;
  /** Asked for before there is a connection, since only it tells whose database to open. */
  #early: Promise<string> | undefined;
  #revision = 0;
  #resolveKnown: (userId: string) => void = () => undefined;

  /** @throws ImError `request/invalid` when `userId` cannot be a person's. */
  constructor(token: Token, userId: string | undefined) {
    if (userId && !isUserId(userId)) {
      throw new ImError('request/invalid', 'There can be no such user.', { field: 'userId' });
    }
    this.#token = token;
    this.known = new Promise((resolve) => (this.#resolveKnown = resolve));
    this.#learn(userId || (typeof token === 'string' ? subjectOf(token) : undefined));
    if (this.#userId) return;
    const early = this.token();
    // Whoever connects hears why there is none.
    early.catch(() => undefined);
    this.#early = early;
  }

  /** The user's id; empty while only a token that has yet to be fetched can tell. */
  get userId(): string {
    return this.#userId;
  }

  /** Whether a refused token can be replaced without the page's help. */
  get renewable(): boolean {
    return typeof this.#token === 'function';
  }

  /** Grows whenever the page gives another token. */
  get revision(): number {
    return this.#revision;
  }

  /** A token to say hello with. Rejects with whatever the provider rejects with. */
  async token(): Promise<string> {
    const revision = this.#revision;
    const offered = this.#offered;
    this.#offered = undefined;
    if (offered !== undefined) return offered;
    const early = this.#early;
    this.#early = undefined;
    if (early) return early;
    const token = typeof this.#token === 'string' ? this.#token : await this.#token();
    // What comes too late says nothing about the one in its place.
    if (revision === this.#revision) this.#learn(subjectOf(token));
    return token;
  }

  replace(token: Token): void {
    this.#token = token;
    this.#early = undefined;
    this.#revision++;
    if (typeof token === 'string') this.#learn(subjectOf(token));
  }

  /** A token that another tab has been given. A provider stays, and is asked for the next one. */
  offer(token: string): void {
    if (typeof this.#token === 'string') this.replace(token);
    else {
      this.#offered = token;
      this.#revision++;
    }
  }

  #learn(userId: string | undefined): void {
    if (this.#userId || userId === undefined) return;
    this.#userId = userId;
    this.#resolveKnown(userId);
  }
}

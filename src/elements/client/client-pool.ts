/**
 * Clients that several elements share: one for each server and user, so that two `<im-client>` of the
 * same person, or one that a framework removes and inserts again, keep a single socket.
 */
import type { ImClient, ImClientOptions, Token } from '../../client/public.js';

type Entry = {
  readonly client: ImClient;
  token: Token;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** A client on loan. */
export type Lease = {
  readonly client: ImClient;
  /** Replaces the token of the client, unless it has this one. */
  setToken(token: Token): void;
  /** Gives the client back; the last one to do so ends it after the grace time. */
  release(): void;
};

/** How long a client without users lives on, in milliseconds. */
const GRACE_MS = 2_000;

export class ClientPool {
  readonly #create: (options: ImClientOptions) => ImClient;
  readonly #entries: Map<string, Entry> = new Map();

  constructor(create: (options: ImClientOptions) => ImClient) {
    this.#create = create;
  }

  /**
   * Lends the client for `key`, made with `options` when there is none yet. One that is there gets the
   * token: who comes later brings the fresher one.
   */
  acquire(key: string, options: ImClientOptions): Lease {
    const held = this.#entries.get(key) ?? this.#add(key, options);
    held.users += 1;
    clearTimeout(held.timer);
    replaceToken(held, options.token);
    let released = false;
    return {
      client: held.client,
      setToken: (token) => replaceToken(held, token),
      release: () => {
        if (released) return;
        released = true;
        this.#release(key, held);
      },
    };
  }

  #add(key: string, options: ImClientOptions): Entry {
    const client = this.#create(options);
    const entry: Entry = { client, token: options.token, users: 0, timer: undefined };
    this.#entries.set(key, entry);
    return entry;
  }

  #release(key: string, entry: Entry): void {
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.timer = setTimeout(() => {
      this.#entries.delete(key);
      void entry.client.destroy();
    }, GRACE_MS);
  }
}

function replaceToken(entry: Entry, token: Token): void {
  if (token === entry.token) return;
  entry.token = token;
  entry.client.setToken(token);
}

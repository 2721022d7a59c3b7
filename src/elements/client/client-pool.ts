/**
 * Clients that several elements share: one for each server and user, so that two `<im-client>` of the
 * same person, or one that a framework removes and inserts again, keep a single socket.
 */
import type { ImClient, ImClientOptions } from '../../client/public.js';

type Entry = {
  readonly client: ImClient;
  users: number;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** A client on loan. */
export type Lease = {
  readonly client: ImClient;
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

  /** Lends the client for `key`, made with `options` when there is none yet. */
  acquire(key: string, options: ImClientOptions): Lease {
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { client: this.#create(options), users: 0, timer: undefined };
      this.#entries.set(key, entry);
    }
    const held = entry;
    held.users += 1;
    clearTimeout(held.timer);
    let released = false;
    return {
      client: held.client,
      release: () => {
        if (released) return;
        released = true;
        this.#release(key, held);
      },
    };
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

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImClient } from '../../client/public.js';

/** Finds the conversation with a person, who is named in place of a conversation. */
export class PeerController implements ReactiveController {
  /** The conversation, or the empty string while it is not known. */
  conversationId = '';
  /** Why there is none. */
  failure: unknown;

  readonly #host: ReactiveControllerHost;
  readonly #source: () => readonly [ImClient | undefined, string];
  #client: ImClient | undefined;
  #peerId = '';

  /** @param source - The client and the person; asked before every update. */
  constructor(host: ReactiveControllerHost, source: () => readonly [ImClient | undefined, string]) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  hostUpdate(): void {
    const [client, peerId] = this.#source();
    if (client === this.#client && peerId === this.#peerId) return;
    this.#client = client;
    this.#peerId = peerId;
    this.conversationId = '';
    this.failure = undefined;
    if (client && peerId) void this.#open(client, peerId);
  }

  async #open(client: ImClient, peerId: string): Promise<void> {
    const isCurrent = (): boolean => client === this.#client && peerId === this.#peerId;
    try {
      const id = await client.openPeer(peerId);
      if (isCurrent()) this.conversationId = id;
    } catch (error) {
      if (isCurrent()) this.failure = error;
    }
    this.#host.requestUpdate();
  }
}

import type { LitElement, ReactiveController } from 'lit';
import type { ImClient } from '../../../client/public.js';

/** Has the client count arriving messages as read while the user watches them arrive. */
export class ReadKeeper implements ReactiveController {
  #client: ImClient | undefined;
  #conversationId = '';
  #release: (() => void) | undefined;

  constructor(host: LitElement) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /** Keeps a conversation read, or none without a client. */
  keep(client: ImClient | undefined, conversationId: string): void {
    if (client === this.#client && conversationId === this.#conversationId) return;
    this.#stop();
    if (!client) return;
    this.#client = client;
    this.#conversationId = conversationId;
    this.#release = client.keepRead(conversationId);
  }

  #stop(): void {
    this.#release?.();
    this.#release = undefined;
    this.#client = undefined;
    this.#conversationId = '';
  }
}

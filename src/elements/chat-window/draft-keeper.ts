import type { LitElement, ReactiveController } from 'lit';
import type { Conversation, ImClient } from '../../client/public.js';
import { ImError } from '../../protocol/im-error.js';

export type DraftKeeperOptions = {
  /** The client and the conversation that the composer writes to, as far as known. */
  readonly source: () => readonly [ImClient | undefined, string, Conversation | undefined];
  /** The text of a conversation could not be stored. */
  readonly failed: (conversationId: string, error: unknown) => void;
};

/** A draft is stored when the keys have rested for this long. */
const DELAY_MS = 300;

/**
 * Keeps the unsent text of each conversation: taken from the store when a conversation opens, and
 * stored while it is written, on leaving it, and when the page is about to go.
 */
export class DraftKeeper implements ReactiveController {
  /** What the composer holds. */
  text = '';

  readonly #host: LitElement;
  readonly #options: DraftKeeperOptions;
  /** What could not be sent from conversations that were left meanwhile. */
  readonly #unsent: Map<string, string> = new Map();
  #conversationId = '';
  #client: ImClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: AbortController | undefined;
  #isSending = false;
  /** What the store holds, as far as it was told from here. */
  #stored = '';

  constructor(host: LitElement, options: DraftKeeperOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    window.addEventListener('pagehide', () => this.#store(), { signal });
  }

  hostDisconnected(): void {
    this.#store();
    this.#stop?.abort();
  }

  /** Takes the draft of a conversation that has just been opened. */
  hostUpdate(): void {
    const [client, id, conversation] = this.#options.source();
    if (id === this.#conversationId && client === this.#client) return;
    if (this.#conversationId) this.#leave();
    if (!conversation || conversation.id !== id) return;
    this.#client = client;
    this.#conversationId = id;
    this.#stored = conversation.draft;
    this.text = join(this.#unsent.get(id), conversation.draft);
    this.#unsent.delete(id);
  }

  /** The user has changed the text. */
  set(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (text) this.#timer = setTimeout(() => this.#store(), DELAY_MS);
    else if (!this.#isSending) this.#write();
  }

  /**
   * The text is about to be sent. A draft that is the same text is forgotten by the client in the write
   * that stores the message, so that a crash between the two can lose neither.
   *
   * @returns To be called when the message is stored: forgets what else was stored while it was written.
   */
  send(text: string): () => void {
    const [client, id, stored] = [this.#client, this.#conversationId, this.#stored];
    this.#isSending = true;
    queueMicrotask(() => (this.#isSending = false));
    return () => {
      const isHere = id === this.#conversationId;
      if (isHere && this.#stored !== stored) return;
      if (isHere) this.#stored = '';
      if (stored.trim() !== text.trim()) this.#put(client, id, isHere ? this.text : '');
    };
  }

  /** Puts back what could not be sent, before what the user has written since. */
  restore(conversationId: string, text: string): void {
    if (conversationId !== this.#conversationId) {
      this.#unsent.set(conversationId, join(this.#unsent.get(conversationId), text));
      return;
    }
    this.set(join(text, this.text));
    this.#host.requestUpdate();
  }

  #leave(): void {
    this.#store();
    this.#conversationId = '';
    this.#client = undefined;
    this.text = '';
  }

  /** Stores what is still waiting to be stored. */
  #store(): void {
    if (this.#timer) this.#write();
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stored = this.text;
    this.#put(this.#client, this.#conversationId, this.text);
  }

  #put(client: ImClient | undefined, id: string, text: string): void {
    if (!id) return;
    client?.setDraft(id, text).catch((error: unknown) => {
      // A client that has ended keeps nothing more, and nobody is there to be told.
      if (error instanceof ImError && error.code === 'client/destroyed') return;
      this.#options.failed(id, error);
    });
  }
}

function join(one: string | undefined, other: string): string {
  return one && other ? `${one}\n${other}` : one || other;
}

import type { LitElement, ReactiveController } from 'lit';
import type { Conversation, ImClient } from '../../client/public.js';

type DraftSource = readonly [ImClient | undefined, string, Conversation | undefined];

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
  readonly #source: () => DraftSource;
  #conversationId = '';
  #client: ImClient | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stop: AbortController | undefined;

  /** @param source - The client and the conversation that the composer writes to, as far as known. */
  constructor(host: LitElement, source: () => DraftSource) {
    this.#host = host;
    this.#source = source;
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
    const [client, id, conversation] = this.#source();
    if (id === this.#conversationId && client === this.#client) return;
    if (this.#conversationId) this.#leave();
    if (!conversation || conversation.id !== id) return;
    this.#client = client;
    this.#conversationId = id;
    this.text = conversation.draft;
  }

  /** The user has changed the text. */
  set(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    if (text) this.#timer = setTimeout(() => this.#store(), DELAY_MS);
    else this.#write();
  }

  /** Puts back what could not be sent, unless the user is writing something else by now. */
  restore(conversationId: string, text: string): void {
    if (conversationId !== this.#conversationId || this.text) return;
    this.set(text);
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
    if (this.#conversationId) void this.#client?.setDraft(this.#conversationId, this.text);
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImClient, Message, Policy } from '../../client/public.js';
import { LiveController } from '../controllers/live-controller.js';
import { canEdit } from '../message-menu/can-edit.js';

export type EditKeeperOptions = {
  /** The client and the conversation that the composer writes to. */
  readonly source: () => readonly [ImClient | undefined, string];
  readonly failed: (conversationId: string, error: unknown) => void;
};

/** Which message is being edited, and what its text is so far. The draft waits aside meanwhile. */
export class EditKeeper implements ReactiveController {
  /** What the composer holds while a message is edited. */
  text = '';

  readonly #host: ReactiveControllerHost;
  readonly #options: EditKeeperOptions;
  readonly #policy: LiveController<Policy>;
  #message: Message | undefined;

  constructor(host: ReactiveControllerHost, options: EditKeeperOptions) {
    this.#host = host;
    this.#options = options;
    const client = (): ImClient | undefined => options.source()[0];
    this.#policy = new LiveController<Policy>(
      host,
      () => [client()],
      () => client()?.policy,
    );
    host.addController(this);
  }

  /** The text before it was edited; undefined while nothing is. */
  get original(): string | undefined {
    const content = this.#message?.content;
    return content?.type === 'text' ? content.text : undefined;
  }

  hostUpdate(): void {
    const [, id] = this.#options.source();
    if (this.#message && this.#message.conversationId !== id) this.stop();
  }

  /** Begins with a message, if it may be edited. */
  start(message: Message | undefined): boolean {
    if (!message || !canEdit(message, this.#policy.value, Date.now())) return false;
    this.#message = message;
    this.text = this.original ?? '';
    this.#host.requestUpdate();
    return true;
  }

  set(text: string): void {
    this.text = text;
  }

  /** Leaves the message as it is. */
  stop(): void {
    this.#message = undefined;
    this.text = '';
    this.#host.requestUpdate();
  }

  /** Puts the new text in place of the old one. */
  async save(text: string): Promise<void> {
    const message = this.#message;
    const [client] = this.#options.source();
    const isSame = text === this.original;
    this.stop();
    if (!message || !client || isSame) return;
    try {
      await client.edit(message.conversationId, message.id, text);
    } catch (error) {
      this.#options.failed(message.conversationId, error);
      const [, id] = this.#options.source();
      // Nothing was stored: the words stay where they can be saved once more.
      if (id === message.conversationId && !this.#message && this.start(message)) this.set(text);
    }
  }
}

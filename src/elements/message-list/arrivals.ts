import type { LitElement, ReactiveController } from 'lit';
import type { ImClient, Message } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import { contentText, senderName } from '../primitives/message/message-text.js';
import { Announcer } from '../shared/announcer.js';

export type ArrivalsOptions = {
  /** The client and the conversation to listen to; asked before every update. */
  readonly source: () => readonly [ImClient | undefined, string];
  readonly strings: () => Strings;
  readonly arrived: (messages: readonly Message[]) => void;
};

/** Messages of others that arrive in one conversation: counted while unseen, and read out. */
export class Arrivals implements ReactiveController {
  /** How many have arrived since the reader left the end. */
  count = 0;
  /** What a screen reader is told. */
  spoken = '';

  readonly #host: LitElement;
  readonly #options: ArrivalsOptions;
  readonly #announcer: Announcer<Message>;
  #connected = false;
  #client: ImClient | undefined;
  #stop: (() => void) | undefined;

  constructor(host: LitElement, options: ArrivalsOptions) {
    this.#host = host;
    this.#options = options;
    this.#announcer = new Announcer(
      (messages) => this.#describe(messages),
      (text) => {
        this.spoken = text;
        host.requestUpdate();
      },
    );
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostUpdate(): void {
    const [client] = this.#options.source();
    if (!this.#connected || (client === this.#client && this.#stop)) return;
    this.#stop?.();
    this.#client = client;
    this.#stop = client?.on('message', ({ messages }) => this.#hear(messages));
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop?.();
    this.#stop = undefined;
    this.#announcer.stop();
  }

  /** Another conversation is shown. */
  reset(): void {
    this.count = 0;
    this.spoken = '';
    this.#announcer.stop();
  }

  #hear(all: readonly Message[]): void {
    const [, conversationId] = this.#options.source();
    const messages = all.filter((message) => message.conversationId === conversationId);
    if (!messages.length) return;
    this.#options.arrived(messages);
    this.#announcer.announce(messages);
    this.#host.requestUpdate();
  }

  #describe(messages: readonly Message[]): string {
    const strings = this.#options.strings();
    const [only] = messages;
    if (messages.length > 1 || !only) return strings.newMessages(messages.length);
    return strings.arrivedOne(senderName(strings, only), contentText(strings, only));
  }
}

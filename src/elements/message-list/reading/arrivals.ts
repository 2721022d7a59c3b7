import { html, type LitElement, type ReactiveController } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ImClient, Message } from '../../../client/public.js';
import type { Strings } from '../../../locales/en.js';
import { contentText, senderName } from '../../primitives/message/message-text.js';
import { Announcer } from '../../shared/announcer.js';

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
  /** What a screen reader is told, and the how manieth time it is told something. */
  spoken = '';
  turn = 0;

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
        this.turn += 1;
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

/** The words for a live region. The same words a second time are a new element, and so read again. */
export function spokenTemplate({ spoken, turn }: Arrivals): unknown {
  return keyed(turn, html`<span>${spoken}</span>`);
}

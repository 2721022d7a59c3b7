import {
  nothing,
  type ReactiveController,
  type ReactiveControllerHost,
  type TemplateResult,
} from 'lit';
import type { ImClient } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import {
  troubleTemplate,
  troubleText,
  type Trouble,
} from '../shared/templates/trouble-template.js';

/** Keeps what went wrong last, until the user closes it or the next message is on its way. */
export class TroubleKeeper implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #client: () => ImClient | undefined;
  #heard: ImClient | undefined;
  #stop: (() => void) | undefined;
  #connected = false;
  #trouble: Trouble | undefined;

  constructor(host: ReactiveControllerHost, client: () => ImClient | undefined) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  /** What the server has refused was done by the user some time ago; it is told all the same. */
  hostUpdate(): void {
    const client = this.#client();
    if (!this.#connected || (client === this.#heard && this.#stop)) return;
    this.#stop?.();
    this.#heard = client;
    this.#stop = client?.on('action-failed', ({ conversationId, error }) => {
      if (conversationId !== undefined) this.fail(conversationId, error);
    });
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop?.();
    this.#stop = undefined;
  }

  /** What could not be sent matters more than anything else that could not be done. */
  fail(conversationId: string, error: unknown, unsent = false): void {
    const before = this.#trouble;
    const covered = before?.conversationId === conversationId && before.unsent;
    if (!covered || unsent) this.#set({ conversationId, error, unsent });
  }

  clear(): void {
    this.#set(undefined);
  }

  /** Tells it, where it belongs to the conversation that is shown. */
  render(
    conversationId: string,
    strings: Strings,
    closed: () => void,
  ): TemplateResult | typeof nothing {
    const trouble = this.#trouble;
    if (trouble?.conversationId !== conversationId) return nothing;
    return troubleTemplate(troubleText(strings, trouble), strings, () => {
      this.clear();
      closed();
    });
  }

  #set(trouble: Trouble | undefined): void {
    this.#trouble = trouble;
    this.#host.requestUpdate();
  }
}

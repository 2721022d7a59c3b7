import { nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { ImClient } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import { RefusalsController } from '../controllers/refusals-controller.js';
import {
  troubleTemplate,
  troubleText,
  type Trouble,
} from '../shared/templates/trouble-template.js';

/** Keeps what went wrong last, until the user closes it or the next message is on its way. */
export class TroubleKeeper {
  readonly #host: ReactiveControllerHost;
  #trouble: Trouble | undefined;

  constructor(host: ReactiveControllerHost, client: () => ImClient | undefined) {
    this.#host = host;
    // Who keeps a list of conversations tells there what became of a change of one.
    new RefusalsController(host, client, ({ conversationId, messageId, error }) => {
      if (conversationId !== undefined && messageId !== undefined) this.fail(conversationId, error);
    });
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

import type { ImClient } from '../../client/public.js';
import type { ImSendEvent } from '../events/send.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import type { DraftKeeper } from './draft-keeper.js';
import type { TroubleKeeper } from './trouble-keeper.js';

export type SendingOptions = {
  readonly source: () => readonly [ImClient | undefined, string];
  readonly draft: DraftKeeper;
  readonly trouble: TroubleKeeper;
  /** A message of a conversation is stored. */
  readonly sent: (conversationId: string) => void;
};

/** Sends what the composer hands over, unless the page does that in another way. */
export class Sending {
  readonly #options: SendingOptions;

  constructor(options: SendingOptions) {
    this.#options = options;
  }

  /** Hears the composer. */
  readonly handle = (event: ImSendEvent): void => {
    const { source, draft } = this.#options;
    const [client, id] = source();
    const stored = draft.send(event.text);
    afterDispatch(event, () => void this.#send(client, id, event.text, stored));
  };

  async #send(
    client: ImClient | undefined,
    id: string,
    text: string,
    stored: () => void,
  ): Promise<void> {
    const { draft, trouble, sent } = this.#options;
    try {
      await client?.sendText(id, text);
      stored();
      trouble.clear();
      sent(id);
    } catch (error) {
      // Nothing was stored, so the words go back to where they came from.
      draft.restore(id, text);
      trouble.fail(id, error, true);
    }
  }
}

import type { LitElement } from 'lit';
import type { ImClient } from '../../client/public.js';
import { afterDispatch } from '../shared/after-dispatch.js';

/** Sends failed messages again, or forgets them, when a row inside `host` asks for it. */
export function performMessageActions(
  host: LitElement,
  source: () => readonly [ImClient | undefined, string],
): void {
  host.addEventListener('im-retry', (event) =>
    afterDispatch(event, () => {
      const [client, conversationId] = source();
      void client?.retry(conversationId, event.messageId);
    }),
  );
  host.addEventListener('im-discard', (event) =>
    afterDispatch(event, () => {
      const [client, conversationId] = source();
      void client?.discard(conversationId, event.messageId);
    }),
  );
}

import type { LitElement } from 'lit';
import type { ImClient } from '../../client/public.js';
import { ImActionFailedEvent } from '../events/action-failed.js';
import { afterDispatch } from '../shared/after-dispatch.js';

/** Sends failed messages again, or forgets them, when a row inside `host` asks for it. */
export function performMessageActions(
  host: LitElement,
  source: () => readonly [ImClient | undefined, string],
): void {
  const perform = (
    event: Event,
    action: (client: ImClient, conversationId: string) => Promise<void>,
  ): void =>
    afterDispatch(event, () => {
      const [client, conversationId] = source();
      if (!client) return;
      action(client, conversationId).catch((error: unknown) =>
        host.dispatchEvent(new ImActionFailedEvent(conversationId, error)),
      );
    });
  host.addEventListener('im-retry', (event) =>
    perform(event, (client, id) => client.retry(id, event.messageId)),
  );
  host.addEventListener('im-discard', (event) =>
    perform(event, (client, id) => client.discard(id, event.messageId)),
  );
}

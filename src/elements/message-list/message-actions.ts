import type { LitElement } from 'lit';
import type { ImClient, Message } from '../../client/public.js';
import { arrived } from '../define-late.js';
import { ImActionFailedEvent } from '../events/action-failed.js';
import type { ImMessageActionEvent } from '../events/message-action.js';
import type { ImMessageMenu } from '../message-menu/message-menu.js';
import { afterDispatch } from '../shared/after-dispatch.js';
import { keepRecalled } from './recalled-texts.js';

/** Does what a row inside `host`, or the menu of one, asks for. */
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
  host.addEventListener('im-message-action', (event) =>
    perform(event, (client) => performAction(client, event, host)),
  );
}

async function performAction(
  client: ImClient,
  { action, message, emoji }: ImMessageActionEvent,
  host: LitElement,
): Promise<void> {
  const { conversationId: conversation, id, content } = message;
  switch (action) {
    case 'copy':
      if (content.type === 'text') await navigator.clipboard.writeText(content.text);
      return;
    case 'react':
      return client.react(conversation, id, emoji, !hasReacted(message, emoji));
    case 'pin':
    case 'unpin':
      return client.pinMessage(conversation, id, action === 'pin');
    case 'star':
    case 'unstar':
      return client.star(conversation, id, action === 'star');
    case 'recall':
      keepRecalled(client, message, () => host.requestUpdate());
      return client.recall(conversation, id);
    case 'remove':
      return client.remove(conversation, id, { for: 'me' });
    case 'remove-for-all':
      return client.remove(conversation, id, { for: 'all' });
    case 'readers':
      return (await menuOf(host))?.showReaders(message);
    case 'versions':
      return (await menuOf(host))?.showVersions(message);
    case 'edit':
    case 'edit-again':
      // Who has the composer does that.
      return;
  }
}

function hasReacted({ reactions }: Message, emoji: string): boolean {
  return reactions.some((reaction) => reaction.emoji === emoji && reaction.own);
}

async function menuOf(host: LitElement): Promise<ImMessageMenu | undefined> {
  const menu = host.renderRoot.querySelector('im-message-menu');
  return menu ? arrived(menu) : undefined;
}

import type { Attention, Conversation } from '../../client/public.js';

/** What a person can do with a conversation. */
export type ConversationAction =
  | { readonly type: 'pin'; readonly on: boolean }
  | { readonly type: 'attention'; readonly attention: Attention }
  | { readonly type: 'unread'; readonly on: boolean }
  | { readonly type: 'hide' }
  | { readonly type: 'file'; readonly folderId: string; readonly on: boolean };

/** The user wants something done with a conversation. Cancel it to do it yourself. */
export class ImConversationActionEvent extends Event {
  readonly action: ConversationAction;
  readonly conversation: Conversation;

  constructor(action: ConversationAction, conversation: Conversation) {
    super('im-conversation-action', { bubbles: true, composed: true, cancelable: true });
    this.action = action;
    this.conversation = conversation;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-conversation-action': ImConversationActionEvent;
  }
}

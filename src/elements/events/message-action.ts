import type { Message } from '../../client/public.js';

/** What a person can do with a message. */
export type MessageAction =
  | 'copy'
  | 'edit'
  | 'edit-again'
  | 'pin'
  | 'react'
  | 'readers'
  | 'recall'
  | 'remove'
  | 'remove-for-all'
  | 'star'
  | 'unpin'
  | 'unstar'
  | 'versions';

/** The user wants something done with a message, and has confirmed it where that is asked. Cancelable. */
export class ImMessageActionEvent extends Event {
  readonly action: MessageAction;
  readonly message: Message;
  /** The emoji of `react`, which is taken away when the user has put it there before. */
  readonly emoji: string;

  constructor(action: MessageAction, message: Message, emoji = '') {
    super('im-message-action', { bubbles: true, composed: true, cancelable: true });
    this.action = action;
    this.message = message;
    this.emoji = emoji;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-message-action': ImMessageActionEvent;
  }
}

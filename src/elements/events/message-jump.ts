import type { Message } from '../../client/public.js';

/** The user wants to see a message where it was said. */
export class ImMessageJumpEvent extends Event {
  readonly message: Message;

  constructor(message: Message) {
    super('im-message-jump', { bubbles: true, composed: true });
    this.message = message;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-message-jump': ImMessageJumpEvent;
  }
}

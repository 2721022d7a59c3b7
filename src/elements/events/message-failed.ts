import type { ImError } from '../../protocol/im-error.js';

/** The server has refused a message of this device for good. */
export class ImMessageFailedEvent extends Event {
  readonly conversationId: string;
  readonly messageId: string;
  readonly error: ImError;

  constructor(conversationId: string, messageId: string, error: ImError) {
    super('im-message-failed', { bubbles: true, composed: true });
    this.conversationId = conversationId;
    this.messageId = messageId;
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-message-failed': ImMessageFailedEvent;
  }
}

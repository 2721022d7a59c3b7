/** The server has accepted a message of this device. */
export class ImMessageSentEvent extends Event {
  readonly conversationId: string;
  readonly messageId: string;

  constructor(conversationId: string, messageId: string) {
    super('im-message-sent', { bubbles: true, composed: true });
    this.conversationId = conversationId;
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-message-sent': ImMessageSentEvent;
  }
}

/** The user wants a failed message to be sent again. Cancel it to leave the message as it is. */
export class ImRetryEvent extends Event {
  readonly messageId: string;

  constructor(messageId: string) {
    super('im-retry', { bubbles: true, composed: true, cancelable: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-retry': ImRetryEvent;
  }
}

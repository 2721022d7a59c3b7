/** The user gives up a failed message. Cancel it to keep the message. */
export class ImDiscardEvent extends Event {
  readonly messageId: string;

  constructor(messageId: string) {
    super('im-discard', { bubbles: true, composed: true, cancelable: true });
    this.messageId = messageId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-discard': ImDiscardEvent;
  }
}

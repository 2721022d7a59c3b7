/** The user sent a text. Cancel it to send it in another way; the composer then keeps it. */
export class ImSendEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('im-send', { bubbles: true, composed: true, cancelable: true });
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-send': ImSendEvent;
  }
}

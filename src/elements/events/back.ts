/** The user wants to leave a conversation, back to the list. Cancel it to stay. */
export class ImBackEvent extends Event {
  constructor() {
    super('im-back', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-back': ImBackEvent;
  }
}

/** The user asked to write to a person. Cancel it to open the conversation in another way. */
export class ImPeerSelectEvent extends Event {
  readonly userId: string;

  constructor(userId: string) {
    super('im-peer-select', { bubbles: true, composed: true, cancelable: true });
    this.userId = userId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-peer-select': ImPeerSelectEvent;
  }
}

/** The user does not want to wait for the next attempt to connect. */
export class ImReconnectEvent extends Event {
  constructor() {
    super('im-reconnect', { bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-reconnect': ImReconnectEvent;
  }
}

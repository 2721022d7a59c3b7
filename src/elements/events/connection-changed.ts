import type { ConnectionState } from '../../client/public.js';

/** How the client stands with the server has changed. */
export class ImConnectionChangedEvent extends Event {
  readonly state: ConnectionState;

  constructor(state: ConnectionState) {
    super('im-connection-changed', { bubbles: true, composed: true });
    this.state = state;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-connection-changed': ImConnectionChangedEvent;
  }
}

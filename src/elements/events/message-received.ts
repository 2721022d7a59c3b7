import type { Message } from '../../client/public.js';

/** Messages of others have arrived. History that is merely loaded does not count. */
export class ImMessageReceivedEvent extends Event {
  readonly messages: readonly Message[];

  constructor(messages: readonly Message[]) {
    super('im-message-received', { bubbles: true, composed: true });
    this.messages = messages;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-message-received': ImMessageReceivedEvent;
  }
}

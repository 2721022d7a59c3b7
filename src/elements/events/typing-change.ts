/** The user has begun, goes on, or has stopped typing. */
export class ImTypingChangeEvent extends Event {
  readonly active: boolean;

  constructor(active: boolean) {
    super('im-typing-change', { bubbles: true, composed: true });
    this.active = active;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-typing-change': ImTypingChangeEvent;
  }
}

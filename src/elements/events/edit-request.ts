/** The user wants to edit what they wrote last. */
export class ImEditRequestEvent extends Event {
  constructor() {
    super('im-edit-request', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-edit-request': ImEditRequestEvent;
  }
}

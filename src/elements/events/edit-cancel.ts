/** The user does not want to edit any more. */
export class ImEditCancelEvent extends Event {
  constructor() {
    super('im-edit-cancel', { bubbles: true, composed: true });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-edit-cancel': ImEditCancelEvent;
  }
}

/** The user has changed the text of a message. Cancel it to keep the strip open. */
export class ImEditSaveEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('im-edit-save', { bubbles: true, composed: true, cancelable: true });
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-edit-save': ImEditSaveEvent;
  }
}

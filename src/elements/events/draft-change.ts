/** The text of a composer has changed. */
export class ImDraftChangeEvent extends Event {
  readonly text: string;

  constructor(text: string) {
    super('im-draft-change', { bubbles: true, composed: true });
    this.text = text;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-draft-change': ImDraftChangeEvent;
  }
}

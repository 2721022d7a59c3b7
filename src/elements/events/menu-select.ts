/** Something in a menu was chosen; the menu has closed. */
export class ImMenuSelectEvent extends Event {
  readonly itemId: string;

  constructor(itemId: string) {
    super('im-menu-select', { bubbles: true, composed: true });
    this.itemId = itemId;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-menu-select': ImMenuSelectEvent;
  }
}

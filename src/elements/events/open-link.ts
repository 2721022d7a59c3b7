/** The user follows a link in a message. Cancel it to open the address in another way. */
export class ImOpenLinkEvent extends Event {
  readonly url: string;

  constructor(url: string) {
    super('im-open-link', { bubbles: true, composed: true, cancelable: true });
    this.url = url;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-open-link': ImOpenLinkEvent;
  }
}

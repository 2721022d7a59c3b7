/** Something that the user asked for could not be done. */
export class ImActionFailedEvent extends Event {
  /** Empty when it was about none, such as a folder. */
  readonly conversationId: string;
  readonly error: unknown;

  constructor(conversationId: string, error: unknown) {
    super('im-action-failed', { bubbles: true, composed: true });
    this.conversationId = conversationId;
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-action-failed': ImActionFailedEvent;
  }
}

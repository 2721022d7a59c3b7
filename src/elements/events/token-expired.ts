import type { ImError } from '../../protocol/im-error.js';

/** The token has run out. With a token provider a fresh one is fetched by itself. */
export class ImTokenExpiredEvent extends Event {
  readonly error: ImError;

  constructor(error: ImError) {
    super('im-token-expired', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'im-token-expired': ImTokenExpiredEvent;
  }
}

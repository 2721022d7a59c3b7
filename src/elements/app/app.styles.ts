import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    contain: layout paint;
    container-type: inline-size;
    background: var(--_im-surface);
  }

  .base {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(260px, 340px) minmax(0, 1fr);
    block-size: 100%;
  }

  im-connection-bar,
  im-state {
    grid-column: 1 / -1;
  }

  .base > im-state {
    grid-row: 1 / -1;
  }

  im-conversation-list,
  im-chat-window {
    min-block-size: 0;
  }

  im-chat-window {
    border-inline-start: 1px solid var(--_im-outline);
  }

  /* Until it arrives, what is slotted into it would stand in the open. */
  im-chat-window:not(:defined) {
    visibility: hidden;
  }

  @container (inline-size < 640px) {
    .base {
      grid-template-columns: minmax(0, 1fr);
    }

    im-chat-window {
      --_im-back-display: grid;

      border: 0;
    }

    .base.list > im-chat-window,
    .base.chat > im-conversation-list {
      display: none;
    }
  }

  @container (640px <= inline-size < 820px) {
    .base {
      grid-template-columns: 260px minmax(0, 1fr);
    }
  }
`;

import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    contain: layout paint;
    background: var(--_im-surface);
  }

  .base {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    padding-block-end: var(--im-keyboard-inset, 0px);
  }

  /* It holds the focus only until there is a composer. */
  .base:focus {
    outline: none;
  }

  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_im-space-3);
    block-size: 64px;
    border-block-end: 1px solid var(--_im-outline);
    padding-inline: var(--_im-space-5) 14px;
  }

  .back {
    display: var(--_im-back-display, none);
    margin-inline: -12px -6px;
  }

  .who {
    flex: 1;
    min-inline-size: 0;
  }

  h2,
  .who p {
    margin: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  h2 {
    font-size: inherit;
    font-weight: 600;
    line-height: 22px;
  }

  .who p {
    color: var(--_im-text-muted);
    font-size: 0.78125rem;
    line-height: 18px;
  }

  slot[name='empty'] {
    display: grid;
  }

  slot[name='empty'],
  im-message-list,
  im-state,
  im-skeleton {
    flex: 1;
    min-block-size: 0;
  }

  im-skeleton {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
  }

  /* Always there, so that nothing moves when somebody begins to type. */
  .typing-line {
    flex: none;
    block-size: 20px;
    overflow: hidden;
    padding-inline: calc(var(--_im-space-5) + 6px);
    color: var(--_im-text-muted);
    font-size: 0.78125rem;
    line-height: 20px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  im-composer {
    flex: none;
  }

  @container (block-size < 300px) {
    header {
      block-size: 52px;
    }
  }
`;

import { css, type CSSResult } from 'lit';

/** The one look of what floats above everything: small, calm, closed by Esc. */
export const dialogLook: CSSResult = css`
  dialog {
    inline-size: min(360px, calc(100vi - 32px));
    max-block-size: calc(100% - 32px);
    border: 0;
    border-radius: 20px;
    padding: var(--_im-space-5) var(--_im-space-6) var(--_im-space-6);
    background: var(--_im-surface-raised);
    box-shadow: var(--_im-shadow);
    color: inherit;
    overscroll-behavior: contain;
  }

  dialog[open] {
    animation: rise var(--_im-duration) var(--_im-easing);
  }

  dialog::backdrop {
    background: rgb(8 10 16 / 0.4);
  }

  .dialog-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-inline-end: -8px;
    margin-block-end: var(--_im-space-2);
  }

  h2 {
    margin: 0;
    font-size: var(--_im-font-size-l);
    font-weight: 600;
    line-height: 1.3;
  }

  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
`;

import { css, type CSSResult } from 'lit';

/** The look of a field in a dialog, with its name above and what is wrong with it below. */
export const fieldLook: CSSResult = css`
  label {
    display: block;
    margin-block-end: var(--_im-space-1);
    font-size: var(--_im-font-size-s);
    font-weight: 600;
  }

  input {
    display: block;
    inline-size: 100%;
    block-size: 44px;
    margin: 0;
    border: 0;
    border-radius: var(--_im-radius-m);
    padding-inline: 14px;
    background: var(--_im-surface-sunken);
    box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_im-text) 18%, transparent);
    color: inherit;
    font: inherit;
  }

  input:focus {
    outline: 2px solid var(--_im-focus);
    outline-offset: -1px;
  }

  .problem {
    min-block-size: 20px;
    margin: 6px 0 0;
    color: var(--_im-danger);
    font-size: var(--_im-font-size-s);
    line-height: 18px;
  }

  @media (pointer: coarse) {
    input {
      font-size: max(16px, 1em);
    }
  }
`;

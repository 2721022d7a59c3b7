import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  p {
    margin: 0 0 var(--_im-space-4);
    color: var(--_im-text-muted);
    font-size: 0.875rem;
  }

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

  input[aria-invalid='true'] {
    box-shadow: inset 0 0 0 1.5px var(--_im-danger);
  }

  .problem {
    min-block-size: 20px;
    margin: 6px 0 0;
    color: var(--_im-danger);
    font-size: var(--_im-font-size-s);
    line-height: 18px;
  }

  .actions {
    display: flex;
    justify-content: flex-end;
    gap: var(--_im-space-2);
    margin-block-start: var(--_im-space-3);
  }

  .actions .text-button {
    min-block-size: 40px;
  }

  @media (pointer: coarse) {
    input {
      font-size: max(16px, 1em);
    }
  }
`;

import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  .base {
    display: flex;
    align-items: flex-end;
    gap: var(--_im-space-2);
    padding: var(--_im-space-2) 14px 14px;
  }

  .editing {
    display: flex;
    align-items: center;
    gap: var(--_im-space-3);
    border-block-start: 1px solid var(--_im-outline);
    padding-block: 6px 2px;
    padding-inline: var(--_im-space-5) 14px;
    color: var(--_im-accent-ink);
  }

  .editing > div {
    flex: 1;
    min-inline-size: 0;
    border-inline-start: 3px solid var(--_im-accent);
    padding-inline-start: 10px;
  }

  .editing strong,
  .editing span {
    display: block;
    overflow: hidden;
    font-size: var(--_im-font-size-s);
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .editing strong {
    font-weight: 600;
  }

  .editing span {
    color: var(--_im-text-muted);
  }

  .field {
    display: flex;
    flex: 1;
    min-inline-size: 0;
    border-radius: 22px;
    background: var(--_im-surface-sunken);
    box-shadow: inset 0 0 0 1px transparent;
    transition: box-shadow var(--_im-duration) var(--_im-easing);
  }

  .field:focus-within {
    box-shadow: inset 0 0 0 1.5px color-mix(in oklab, var(--_im-focus) 70%, transparent);
  }

  :host(:state(over)) .field {
    box-shadow: inset 0 0 0 1.5px var(--_im-danger);
  }

  textarea {
    display: block;
    inline-size: 100%;
    min-block-size: 44px;
    max-block-size: calc(8lh + 22px);
    margin: 0;
    border: 0;
    border-radius: inherit;
    padding: 11px 16px;
    background: none;
    color: inherit;
    font: inherit;
    line-height: 22px;
    field-sizing: content;
    overflow-y: auto;
    overscroll-behavior: contain;
    resize: none;
    scrollbar-width: thin;
  }

  textarea:focus {
    outline: none;
  }

  textarea::placeholder {
    color: var(--_im-text-muted);
    opacity: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .count {
    align-self: flex-end;
    flex: none;
    padding: 0 14px 13px 0;
    color: var(--_im-text-muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    line-height: 18px;
  }

  :host(:state(over)) .count {
    color: var(--_im-danger);
    font-weight: 600;
  }

  .send {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: var(--_im-accent);
    color: var(--_im-on-accent);
    transition:
      background-color var(--_im-duration) var(--_im-easing),
      color var(--_im-duration) var(--_im-easing);
  }

  .send:disabled {
    background: color-mix(in oklab, var(--_im-text) 8%, transparent);
    color: var(--_im-text-muted);
  }

  .send:active:not(:disabled) {
    scale: 0.95;
  }

  @media (pointer: coarse) {
    textarea {
      font-size: max(16px, 1em);
    }
  }

  @media (forced-colors: active) {
    .field,
    .send {
      border: 1px solid ButtonBorder;
    }
  }
`;

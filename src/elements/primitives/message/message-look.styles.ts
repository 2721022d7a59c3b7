import { css, type CSSResult } from 'lit';

/** The look of `messageTemplate()`. The row around it has the classes `own`, `first` and `last`. */
export const messageLook: CSSResult = css`
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    align-items: end;
    gap: 0 var(--_im-space-2);
    padding-block-start: 2px;
    padding-inline: var(--_im-space-5);
  }

  .row.first {
    padding-block-start: var(--_im-space-3);
  }

  .row.own {
    justify-items: end;
  }

  .row.group:not(.own, .system) {
    grid-template-columns: 32px minmax(0, 1fr);
  }

  .bubble {
    max-inline-size: min(80%, 560px);
    border-radius: var(--_im-radius-l);
    padding: 8px 13px;
    background: var(--_im-bubble-other);
    overflow-wrap: anywhere;
  }

  .own > .bubble {
    background: var(--_im-bubble-own);
    color: var(--_im-on-bubble-own);
  }

  .row:not(.own, .first) > .bubble {
    border-start-start-radius: var(--_im-radius-s);
  }

  .row:not(.own, .last) > .bubble {
    border-end-start-radius: var(--_im-radius-s);
  }

  .own:not(.first) > .bubble {
    border-start-end-radius: var(--_im-radius-s);
  }

  .own:not(.last) > .bubble {
    border-end-end-radius: var(--_im-radius-s);
  }

  .name {
    font-size: var(--_im-font-size-s);
    font-weight: 600;
    line-height: 18px;
  }

  .text {
    display: block;
    white-space: pre-wrap;
  }

  .text::after {
    content: '';
    display: block;
    clear: both;
  }

  .text em {
    color: var(--_im-text-muted);
  }

  a {
    color: var(--_im-accent-ink);
    text-decoration: underline;
    text-decoration-color: color-mix(in oklab, currentColor 40%, transparent);
    text-underline-offset: 2px;
  }

  @media (hover: hover) {
    a:hover {
      text-decoration-color: currentColor;
    }
  }

  .meta {
    display: inline-flex;
    float: inline-end;
    align-items: center;
    gap: 3px;
    block-size: 14px;
    margin-block: 7px -2px;
    margin-inline: 12px -3px;
    color: color-mix(in oklab, var(--_im-text-muted) 82%, var(--_im-text));
    font-size: var(--_im-font-size-xs);
    font-variant-numeric: tabular-nums;
    line-height: 14px;
    white-space: nowrap;
  }

  .mark {
    display: block;
    inline-size: 16px;
    block-size: 12px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .status.read {
    color: var(--_im-accent-ink);
  }

  .status.failed {
    color: var(--_im-danger);
  }

  .bubble.large {
    background: none;
    padding-inline: var(--_im-space-1);
  }

  .bubble.large .text {
    font-size: 2.5rem;
    line-height: 48px;
  }

  .bubble.large .meta {
    margin-block-start: 32px;
  }

  .failure {
    display: flex;
    grid-column: 1 / -1;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    color: var(--_im-danger);
    font-size: var(--_im-font-size-s);
  }

  .failure .text-button {
    padding-inline: var(--_im-space-2);
  }

  .notice {
    justify-self: center;
    max-inline-size: 90%;
    margin: var(--_im-space-2) 0;
    color: var(--_im-text-muted);
    font-size: var(--_im-font-size-s);
    line-height: 18px;
    text-align: center;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }

  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
  }
`;

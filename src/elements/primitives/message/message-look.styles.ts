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
    position: relative;
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

    .edited:hover {
      text-decoration: underline;
    }

    .reaction:hover {
      box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_im-text) 30%, transparent);
    }

    .row:hover > .bubble > .more {
      opacity: 1;
    }

    .more:hover {
      background: color-mix(in oklab, var(--_im-text) 7%, transparent);
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

  .mark.small {
    inline-size: 12px;
    fill: none;
    stroke-width: 1.2;
  }

  .edited {
    position: relative;
    color: inherit;
    font-size: inherit;
    line-height: inherit;
  }

  /* Small print is no target for a finger; what surrounds it is. */
  .edited::after,
  .reaction::after {
    content: '';
    position: absolute;
    inset: -15px -4px;
  }

  .reaction::after {
    inset: -8px -2px;
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

  .more {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-start: calc(100% + 4px);
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 10px;
    color: var(--_im-text-muted);
    opacity: 0;
    transition: opacity var(--_im-duration) var(--_im-easing);
  }

  .own > .bubble > .more {
    inset-inline: auto calc(100% + 4px);
  }

  .more:focus-visible,
  .row:focus-within > .bubble > .more,
  .more.open {
    opacity: 1;
  }

  .reactions {
    display: flex;
    grid-column: -2 / -1;
    flex-wrap: wrap;
    gap: 4px;
    max-inline-size: min(80%, 560px);
    padding-block: 4px 2px;
  }

  .own > .reactions {
    justify-content: flex-end;
  }

  .reaction {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    block-size: 26px;
    border-radius: var(--_im-radius-full);
    padding-inline: 8px;
    background: var(--_im-surface);
    box-shadow: inset 0 0 0 1px var(--_im-outline);
    color: var(--_im-text-muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    line-height: 16px;
  }

  .reaction .emoji {
    font-size: 14px;
  }

  .reaction[aria-pressed='true'] {
    background: color-mix(in oklab, var(--_im-accent) 13%, var(--_im-surface));
    box-shadow: inset 0 0 0 1px color-mix(in oklab, var(--_im-accent) 70%, transparent);
    color: var(--_im-accent-ink);
    font-weight: 600;
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

  .failure .text-button,
  .notice .text-button {
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

  /* A finger rests on the bubble instead; the system's own menu would be in the way. */
  @media (pointer: coarse) {
    .bubble {
      user-select: none;
      -webkit-touch-callout: none;
    }

    .more:not(:focus-visible) {
      display: none;
    }
  }

  @media (forced-colors: active) {
    .bubble,
    .reaction {
      border: 1px solid CanvasText;
    }
  }
`;

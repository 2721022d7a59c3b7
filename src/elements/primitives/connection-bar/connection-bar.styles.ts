import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  .bar {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 0 var(--_im-space-2);
    min-block-size: 36px;
    padding: 2px var(--_im-space-4);
    background: color-mix(in oklab, var(--_im-text) 6%, var(--_im-surface));
    font-size: var(--_im-font-size-s);
    line-height: 18px;
    text-align: center;
    text-wrap: pretty;
  }

  .refused {
    background: color-mix(in oklab, var(--_im-danger) 12%, var(--_im-surface));
    color: color-mix(in oklab, var(--_im-danger) 85%, var(--_im-text));
  }

  .memory {
    background: color-mix(in oklab, var(--_im-warning) 14%, var(--_im-surface));
    color: color-mix(in oklab, var(--_im-warning) 75%, var(--_im-text));
  }

  .wait {
    color: color-mix(in oklab, var(--_im-text-muted) 85%, var(--_im-text));
    font-variant-numeric: tabular-nums;
  }

  .track {
    position: absolute;
    inset: auto 0 0;
    background: color-mix(in oklab, var(--_im-text) 10%, transparent);
  }

  .track div {
    block-size: 3px;
    background: var(--_im-accent-ink);
    transition: inline-size 0.25s linear;
  }

  .text-button {
    min-block-size: 28px;
    padding-inline: var(--_im-space-2);
  }

  .spinner {
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid color-mix(in oklab, var(--_im-text) 18%, transparent);
    border-block-start-color: var(--_im-accent-ink);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (pointer: coarse) {
    .text-button {
      min-block-size: 44px;
    }
  }
`;

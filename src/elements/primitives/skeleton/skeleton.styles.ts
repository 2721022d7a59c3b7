import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    overflow: hidden;
  }

  .base {
    opacity: 0;
    animation: appear var(--_im-duration) var(--_im-easing) forwards;
  }

  .row {
    display: flex;
    align-items: center;
    gap: var(--_im-space-3);
    block-size: 64px;
    padding-inline: 18px;
  }

  .message {
    display: flex;
    padding: var(--_im-space-1) var(--_im-space-5);
  }

  .message:nth-child(3n) {
    justify-content: flex-end;
  }

  .round,
  .line,
  .bubble {
    flex: none;
    background: color-mix(in oklab, var(--_im-text) 8%, transparent);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }

  .round {
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
  }

  .lines {
    display: grid;
    flex: 1;
    gap: var(--_im-space-2);
  }

  .line {
    inline-size: 42%;
    block-size: 10px;
    border-radius: 5px;
  }

  .line + .line {
    inline-size: 76%;
    opacity: 0.7;
  }

  .row:nth-child(even) .line + .line {
    inline-size: 58%;
  }

  .bubble {
    inline-size: 46%;
    block-size: 38px;
    border-radius: var(--_im-radius-l);
  }

  .message:nth-child(even) .bubble {
    inline-size: 34%;
  }

  .message:nth-child(4n) .bubble {
    inline-size: 60%;
    block-size: 58px;
  }

  @keyframes appear {
    to {
      opacity: 1;
    }
  }

  @keyframes breathe {
    to {
      background: color-mix(in oklab, var(--_im-text) 4%, transparent);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .round,
    .line,
    .bubble {
      animation: none;
    }
  }
`;

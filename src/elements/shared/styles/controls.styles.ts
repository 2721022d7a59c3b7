import { css, type CSSResult } from 'lit';

/** Buttons, icons and focus rings as all elements show them. */
export const controls: CSSResult = css`
  button {
    margin: 0;
    border: 0;
    padding: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    cursor: pointer;
    touch-action: manipulation;
  }

  button:disabled {
    cursor: default;
  }

  :focus-visible {
    outline: 2px solid var(--_im-focus);
    outline-offset: 2px;
  }

  .icon {
    display: block;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .icon .solid {
    fill: currentColor;
    stroke: none;
  }

  :dir(rtl) > .icon .mirror {
    transform: scaleX(-1);
    transform-origin: center;
  }

  .icon-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 10px;
    color: var(--_im-text-muted);
    transition: background-color var(--_im-duration) var(--_im-easing);
  }

  .text-button {
    min-block-size: 32px;
    border-radius: var(--_im-radius-full);
    padding: 0 var(--_im-space-3);
    color: var(--_im-accent-ink);
    font-weight: 600;
  }

  .filled-button {
    min-block-size: 40px;
    border-radius: var(--_im-radius-full);
    padding: 0 var(--_im-space-5);
    background: var(--_im-accent);
    color: var(--_im-on-accent);
    font-weight: 600;
    text-align: center;
  }

  @media (hover: hover) {
    .icon-button:hover,
    .text-button:hover {
      background: color-mix(in oklab, var(--_im-text) 7%, transparent);
    }

    .filled-button:hover {
      background: color-mix(in oklab, var(--_im-accent) 90%, var(--_im-text));
    }
  }

  @media (pointer: coarse) {
    .icon-button {
      inline-size: 44px;
      block-size: 44px;
    }

    .text-button,
    .filled-button {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .filled-button,
    .icon-button,
    .text-button {
      border: 1px solid ButtonBorder;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      transition-duration: 0.01ms !important;
    }
  }
`;

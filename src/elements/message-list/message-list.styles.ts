import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    position: relative;
    block-size: 100%;
    min-block-size: 0;
    contain: layout paint;
  }

  .scroller {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_im-text) 22%, transparent) transparent;
  }

  .scroller:focus {
    outline: none;
  }

  /* Few messages stand at the bottom, where the next one appears. */
  .sizer {
    position: relative;
    flex: none;
    inline-size: 100%;
    margin-block-start: auto;
  }

  .rows {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }

  .row.pinned {
    position: absolute;
    inset-inline: 0;
  }

  .row:focus-visible {
    outline: none;
  }

  .row:focus-visible > .bubble,
  .row:focus-visible > .notice {
    outline: 2px solid var(--_im-focus);
    outline-offset: 1px;
  }

  .day,
  .top-day {
    display: grid;
    justify-content: center;
    padding-block: 14px 6px;
  }

  .day > span,
  .top-day > span {
    border-radius: var(--_im-radius-full);
    padding: 3px var(--_im-space-3);
    background: var(--_im-surface-sunken);
    color: var(--_im-text-muted);
    font-size: 12px;
    font-weight: 500;
    line-height: 18px;
  }

  .top-day {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    z-index: 1;
    padding-block: var(--_im-space-2) 0;
    visibility: hidden;
    opacity: 0;
    pointer-events: none;
    transition:
      opacity var(--_im-duration) var(--_im-easing) 1.2s,
      visibility var(--_im-duration) var(--_im-easing) 1.2s;
  }

  .top-day.shown {
    visibility: visible;
    opacity: 1;
    transition-delay: 0s;
  }

  .top-day > span {
    background: var(--_im-surface-raised);
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.16);
  }

  .unread {
    display: flex;
    align-items: center;
    gap: var(--_im-space-3);
    padding: 14px var(--_im-space-5) 4px;
    color: var(--_im-accent-ink);
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
  }

  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    block-size: 1px;
    background: color-mix(in oklab, var(--_im-accent) 35%, transparent);
  }

  .top-note {
    position: absolute;
    inset-block-start: var(--_im-space-2);
    inset-inline: 0;
    z-index: 2;
    display: grid;
    justify-content: center;
    pointer-events: none;
  }

  .top-note > div {
    display: flex;
    align-items: center;
    gap: var(--_im-space-1);
    border-radius: var(--_im-radius-full);
    padding: 4px var(--_im-space-3);
    background: var(--_im-surface-raised);
    box-shadow: var(--_im-shadow);
    color: var(--_im-text-muted);
    font-size: var(--_im-font-size-s);
    line-height: 18px;
    pointer-events: auto;
  }

  .top-note .text-button {
    min-block-size: 24px;
    padding-inline: var(--_im-space-2);
  }

  .spinner {
    inline-size: 16px;
    block-size: 16px;
    border: 2px solid color-mix(in oklab, var(--_im-text) 16%, transparent);
    border-block-start-color: var(--_im-accent-ink);
    border-radius: 50%;
    animation: turn 0.9s linear infinite;
  }

  .jump {
    position: absolute;
    inset-block-end: var(--_im-space-3);
    inset-inline-end: var(--_im-space-5);
    z-index: 1;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    background: var(--_im-surface-raised);
    box-shadow: var(--_im-shadow);
    color: var(--_im-text-muted);
    animation: pop var(--_im-duration) var(--_im-easing);
  }

  .jump .badge {
    position: absolute;
    inset-block-start: -8px;
  }

  .whole {
    position: absolute;
    inset: 0;
  }

  im-skeleton.whole {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    padding-block-end: var(--_im-space-3);
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @keyframes pop {
    from {
      opacity: 0;
      scale: 0.8;
    }
  }

  @media (forced-colors: active) {
    .jump,
    .day > span {
      border: 1px solid CanvasText;
    }
  }
`;

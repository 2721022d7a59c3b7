import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: contents;
  }

  .menu {
    position: fixed;
    z-index: 2147483000;
    inset: auto;
    display: none;
    flex-direction: column;
    min-inline-size: 200px;
    max-inline-size: min(300px, calc(100vi - 16px));
    max-block-size: calc(100dvb - 16px);
    margin: 0;
    border: 0;
    border-radius: 14px;
    padding: 6px;
    background: var(--_im-surface-raised);
    box-shadow:
      0 0 0 1px color-mix(in oklab, var(--_im-text) 8%, transparent),
      var(--_im-shadow);
    color: var(--_im-text);
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    user-select: none;
  }

  .menu.open {
    display: flex;
    animation: appear var(--_im-duration) var(--_im-easing);
  }

  .menu:focus {
    outline: none;
  }

  .glyphs {
    display: flex;
    justify-content: space-between;
    margin-block-end: 4px;
    border-block-end: 1px solid var(--_im-outline);
    padding-block-end: 4px;
  }

  .glyph {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 10px;
    font-size: 20px;
    line-height: 1;
  }

  .glyph[aria-checked='true'] {
    background: var(--_im-accent-soft);
    box-shadow: inset 0 0 0 1.5px color-mix(in oklab, var(--_im-accent) 70%, transparent);
  }

  .item {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_im-space-3);
    min-block-size: 36px;
    border-radius: 9px;
    padding: 6px 10px;
    font-size: 0.875rem;
    line-height: 20px;
  }

  .item > span {
    flex: 1;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .item > .icon {
    inline-size: 18px;
    block-size: 18px;
    color: var(--_im-text-muted);
  }

  .item[aria-checked='true'] > .icon:last-child {
    color: var(--_im-accent-ink);
    stroke-width: 2.2;
  }

  .danger,
  .danger > .icon {
    color: var(--_im-danger);
  }

  .line {
    flex: none;
    block-size: 1px;
    margin: 5px 4px;
    background: var(--_im-outline);
  }

  .item:focus,
  .glyph:focus {
    outline: none;
    background: color-mix(in oklab, var(--_im-text) 8%, transparent);
  }

  .item:focus-visible,
  .glyph:focus-visible {
    outline: 2px solid var(--_im-focus);
    outline-offset: -2px;
  }

  @media (pointer: coarse) {
    .menu {
      min-inline-size: 240px;
    }

    .item {
      min-block-size: 44px;
    }

    .glyph {
      inline-size: 44px;
      block-size: 44px;
      font-size: 24px;
    }
  }

  @media (forced-colors: active) {
    .menu {
      border: 1px solid CanvasText;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      scale: 0.97;
    }
  }
`;

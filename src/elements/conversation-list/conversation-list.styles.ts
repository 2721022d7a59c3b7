import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
    contain: layout paint;
    background: var(--_im-surface-sunken);
  }

  .base {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }

  header {
    display: flex;
    align-items: center;
    gap: var(--_im-space-2);
    padding: 14px 14px 8px 18px;
  }

  h2 {
    flex: 1;
    margin: 0;
    min-inline-size: 0;
    overflow: hidden;
    font-size: var(--_im-font-size-xl);
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 36px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .search {
    display: flex;
    align-items: center;
    gap: var(--_im-space-2);
    flex: none;
    block-size: 40px;
    margin: 0 14px 10px;
    border-radius: var(--_im-radius-m);
    padding-inline: 12px 6px;
    background: var(--_im-surface);
    box-shadow: inset 0 0 0 1px var(--_im-outline);
    color: var(--_im-text-muted);
  }

  .search:focus-within {
    box-shadow: inset 0 0 0 1.5px color-mix(in oklab, var(--_im-focus) 70%, transparent);
  }

  .search .icon {
    inline-size: 18px;
    block-size: 18px;
  }

  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 100%;
    border: 0;
    padding: 0;
    background: none;
    color: var(--_im-text);
    font: inherit;
    appearance: none;
  }

  input:focus {
    outline: none;
  }

  input::placeholder {
    color: var(--_im-text-muted);
    opacity: 1;
  }

  input::-webkit-search-cancel-button {
    display: none;
  }

  kbd {
    margin-inline-end: 4px;
    border: 1px solid var(--_im-outline);
    border-radius: 6px;
    padding: 4px 6px;
    font: inherit;
    font-size: 11px;
    font-weight: 600;
    line-height: 1;
  }

  .search .icon-button {
    inline-size: 28px;
    block-size: 28px;
  }

  .filters {
    display: flex;
    flex: none;
    gap: 6px;
    padding: 2px 14px 10px;
    overflow-x: auto;
    scrollbar-width: none;
  }

  .filters button {
    flex: none;
    border-radius: var(--_im-radius-full);
    padding: 4px 12px;
    color: var(--_im-text-muted);
    font-size: var(--_im-font-size-s);
    line-height: 20px;
    white-space: nowrap;
  }

  .filters [aria-checked='true'] {
    background: var(--_im-text);
    color: var(--_im-surface);
  }

  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: color-mix(in oklab, var(--_im-text) 22%, transparent) transparent;
  }

  /* Outlines are nothing to scroll to. */
  .body:has(im-skeleton) {
    overflow: hidden;
  }

  .body im-state {
    block-size: 100%;
  }

  ul {
    position: relative;
    margin: 0 0 8px;
    padding: 0;
    list-style: none;
  }

  @media (hover: hover) {
    li:hover > .more {
      opacity: 1;
    }

    li:hover .badge {
      visibility: hidden;
    }

    .row:hover:not(.selected),
    .filters button:hover:not([aria-checked='true']) {
      background: color-mix(in oklab, var(--_im-text) 5%, transparent);
    }
  }

  @media (pointer: coarse) {
    /* A finger rests on the row instead. */
    .more:not(:focus-visible) {
      pointer-events: none;
    }

    .row {
      user-select: none;
      -webkit-touch-callout: none;
    }

    kbd {
      display: none;
    }

    input {
      font-size: max(16px, 1em);
    }

    .search,
    .search .icon-button {
      block-size: 44px;
    }

    .filters button {
      padding-block: 12px;
    }
  }

  @media (forced-colors: active) {
    .selected,
    .filters [aria-checked='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

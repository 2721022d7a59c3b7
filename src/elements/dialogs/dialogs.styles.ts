import { css, type CSSResult } from 'lit';

/** What the dialogs have inside: words, people, texts with a time, a field. */
export const styles: CSSResult = css`
  :host {
    display: contents;
  }

  p {
    margin: 0;
    color: var(--_im-text-muted);
    font-size: 0.875rem;
    line-height: 20px;
    text-wrap: pretty;
  }

  .danger-button {
    background: var(--_im-danger);
    color: light-dark(#fff, #1b0d0f);
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .person {
    display: flex;
    align-items: center;
    gap: var(--_im-space-3);
    min-block-size: 44px;
  }

  .person > span:last-child {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .tabs {
    display: flex;
    gap: 4px;
    margin-block-end: var(--_im-space-3);
    border-radius: var(--_im-radius-full);
    padding: 3px;
    background: color-mix(in oklab, var(--_im-text) 6%, transparent);
  }

  .tabs button {
    flex: 1;
    min-block-size: 32px;
    border-radius: var(--_im-radius-full);
    color: var(--_im-text-muted);
    font-size: var(--_im-font-size-s);
    font-weight: 600;
    text-align: center;
  }

  .tabs [aria-selected='true'] {
    background: var(--_im-surface-raised);
    box-shadow: 0 1px 3px rgb(0 0 0 / 0.14);
    color: var(--_im-text);
  }

  /* The dialog keeps its height while it waits, and from one tab to the other. */
  .panel {
    min-block-size: 176px;
  }

  .panel > p {
    padding-block: var(--_im-space-6);
    text-align: center;
  }

  .center {
    display: grid;
    justify-items: center;
    gap: var(--_im-space-2);
    text-align: center;
  }

  .panel > .center:first-child {
    padding-block: var(--_im-space-5);
  }

  .entry {
    position: relative;
    border-radius: var(--_im-radius-m);
    padding: var(--_im-space-2) 0;
  }

  .entry + .entry {
    border-block-start: 1px solid var(--_im-outline);
    border-radius: 0;
  }

  .entry-head {
    display: flex;
    align-items: baseline;
    gap: var(--_im-space-2);
    color: var(--_im-text-muted);
    font-size: 12px;
    line-height: 18px;
  }

  .entry-head b {
    min-inline-size: 0;
    overflow: hidden;
    color: var(--_im-text);
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .entry-head time {
    flex: none;
    margin-inline-start: auto;
    font-variant-numeric: tabular-nums;
  }

  .words {
    display: block;
    white-space: pre-wrap;
  }

  .jump {
    display: -webkit-box;
    inline-size: 100%;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
  }

  .jump::after {
    content: '';
    position: absolute;
    inset: 0;
  }

  .entry-end {
    display: flex;
    justify-content: flex-end;
    margin-block-start: 2px;
    margin-inline-end: -12px;
  }

  .entry-end > button {
    position: relative;
    font-size: var(--_im-font-size-s);
  }

  .remove {
    margin-inline-end: auto;
    color: var(--_im-danger);
  }

  @media (hover: hover) {
    .danger-button:hover {
      background: color-mix(in oklab, var(--_im-danger) 88%, var(--_im-text));
    }
  }

  @media (pointer: coarse) {
    .tabs button {
      min-block-size: 44px;
    }
  }

  @media (forced-colors: active) {
    .tabs [aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`;

import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
    flex: none;
  }

  .bar {
    display: flex;
    align-items: center;
    gap: var(--_im-space-2);
    min-block-size: 52px;
    border-block-end: 1px solid var(--_im-outline);
    padding-inline: var(--_im-space-5) 14px;
    background: var(--_im-surface);
  }

  .main {
    display: block;
    flex: 1;
    min-inline-size: 0;
    border-inline-start: 3px solid var(--_im-accent);
    padding-inline-start: 10px;
  }

  .main:hover .words {
    color: var(--_im-accent-ink);
  }

  .words,
  .who {
    display: block;
    overflow: hidden;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .words {
    font-size: var(--_im-font-size-s);
    font-weight: 600;
  }

  .who {
    color: var(--_im-text-muted);
    font-size: 12px;
  }

  .all {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    inline-size: auto;
    min-inline-size: 36px;
    padding-inline: 8px;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  .all .icon {
    inline-size: 18px;
    block-size: 18px;
  }
`;

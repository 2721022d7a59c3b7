import { css, type CSSResult } from 'lit';

/** The look of one conversation in the list. */
export const rowStyles: CSSResult = css`
  li {
    position: absolute;
    inset-inline: 8px;
    block-size: max(64px, 4rem);
  }

  .row {
    display: grid;
    grid-template: auto auto / 44px minmax(0, 1fr) auto;
    align-content: center;
    align-items: center;
    gap: 2px 12px;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 14px;
    padding-inline: 10px;
  }

  .row:focus-visible {
    outline-offset: -2px;
  }

  .row .avatar {
    grid-area: 1 / 1 / 3;
  }

  .presence {
    grid-area: 1 / 1 / 3;
    place-self: end;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_im-surface);
    border-radius: 50%;
    background: var(--_im-success);
    z-index: 1;
  }

  .presence.away {
    background: radial-gradient(var(--_im-surface) 2px, var(--_im-warning) 2.5px);
  }

  .head {
    display: flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
  }

  .sign {
    flex: none;
    color: var(--_im-text-muted);
  }

  .sign .icon {
    inline-size: 14px;
    block-size: 14px;
    stroke-width: 2;
  }

  .title,
  .preview {
    overflow: hidden;
    text-align: start;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .title {
    font-weight: 600;
  }

  .preview {
    grid-column: 2;
    color: var(--_im-text-muted);
    font-size: 0.84375rem;
    line-height: 20px;
  }

  /* Without a badge there is room to the end of the row. */
  .preview:last-child {
    grid-column: 2 / 4;
  }

  .preview em {
    color: var(--_im-accent-ink);
    font-style: normal;
    font-weight: 500;
  }

  .preview strong {
    color: var(--_im-danger);
    font-weight: 500;
  }

  .preview .mark {
    display: inline-block;
    inline-size: 16px;
    block-size: 12px;
    margin-inline: -3px 3px;
    fill: none;
    stroke: var(--_im-danger);
    stroke-width: 1.6;
    stroke-linecap: round;
    vertical-align: -1px;
  }

  .time {
    color: var(--_im-text-muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }

  .row .badge {
    justify-self: end;
  }

  .badge.quiet {
    background: color-mix(in oklab, var(--_im-text-muted) 80%, var(--_im-surface));
    color: var(--_im-surface);
  }

  .badge.dot {
    min-inline-size: 0;
    inline-size: 10px;
    block-size: 10px;
    margin-inline-end: 4px;
    padding: 0;
  }

  /* It stands over the time and the badge while it shows. */
  .more {
    position: absolute;
    inset-block-start: calc(50% - 18px);
    inset-inline-end: 8px;
    background: var(--_im-surface-raised);
    box-shadow: 0 1px 4px rgb(0 0 0 / 0.18);
    opacity: 0;
  }

  .more:focus-visible {
    opacity: 1;
  }

  .selected {
    background: var(--_im-accent-soft);
  }

  .selected .preview,
  .selected .time {
    color: color-mix(in oklab, var(--_im-text-muted) 80%, var(--_im-text));
  }
`;

import { css, type CSSResult } from 'lit';

/** The look of a count, as `<im-badge>`, the conversation list and the jump button show it. */
export const badgeLook: CSSResult = css`
  .badge {
    display: inline-block;
    min-inline-size: 20px;
    block-size: 20px;
    border-radius: var(--_im-radius-full);
    padding-inline: 6px;
    background: var(--_im-accent);
    color: var(--_im-on-accent);
    font-size: 11.5px;
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }

  @media (forced-colors: active) {
    .badge {
      border: 1px solid CanvasText;
      line-height: 18px;
    }
  }
`;

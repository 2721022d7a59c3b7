import { css, type CSSResult } from 'lit';

/** For words that only assistive technology should meet. */
export const visuallyHidden: CSSResult = css`
  .visually-hidden {
    position: absolute;
    overflow: hidden;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

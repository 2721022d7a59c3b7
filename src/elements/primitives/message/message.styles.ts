import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  .row,
  .row.first {
    padding: 0;
  }
`;

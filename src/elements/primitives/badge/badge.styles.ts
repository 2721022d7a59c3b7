import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: inline-block;
  }
`;

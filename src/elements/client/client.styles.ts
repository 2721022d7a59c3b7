import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: contents;
  }

  :host([hidden]) {
    display: none;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  /* The words of a language that is still loading would show in English for a moment. */
  :host(:state(loading-locale)) {
    visibility: hidden;
  }
`;

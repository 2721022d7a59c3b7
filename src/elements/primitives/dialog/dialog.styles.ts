import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: contents;
  }

  dialog {
    padding: 0;
  }

  dialog[open] {
    display: flex;
    flex-direction: column;
  }

  .dialog-head {
    flex: none;
    margin: 0;
    padding: var(--_im-space-4) var(--_im-space-4) 4px var(--_im-space-6);
  }

  .content {
    flex: 1;
    min-block-size: 0;
    /* Above stands a focus ring of what is first. */
    padding: 4px var(--_im-space-6) var(--_im-space-5);
    overflow: hidden auto;
    overscroll-behavior: contain;
    overflow-wrap: anywhere;
    scrollbar-width: thin;
  }

  slot[name='actions'] {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--_im-space-2);
    padding: 0 var(--_im-space-6) var(--_im-space-5);
  }

  :host(:not(:state(actions))) slot[name='actions'] {
    display: none;
  }
`;

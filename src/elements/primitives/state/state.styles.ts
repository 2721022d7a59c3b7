import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: grid;
    place-content: center;
    min-block-size: 0;
    padding: var(--_im-space-6);
  }

  .base {
    display: grid;
    justify-items: center;
    gap: var(--_im-space-1);
    max-inline-size: 300px;
    text-align: center;
    text-wrap: balance;
  }

  .figure {
    display: grid;
    place-items: center;
    margin-block-end: var(--_im-space-3);
    color: var(--_im-accent-ink);
  }

  .figure .icon {
    inline-size: 56px;
    block-size: 56px;
    border-radius: 50%;
    padding: 15px;
    background: var(--_im-accent-soft);
  }

  :host([kind='error']) .icon {
    background: color-mix(in oklab, var(--_im-danger) 12%, transparent);
    color: var(--_im-danger);
  }

  :host([kind='done']) .icon {
    background: color-mix(in oklab, var(--_im-success) 12%, transparent);
    color: var(--_im-success);
  }

  h3 {
    margin: 0;
    font-size: var(--_im-font-size-l);
    font-weight: 600;
    line-height: 1.35;
    overflow-wrap: anywhere;
  }

  p {
    margin: 0;
    color: var(--_im-text-muted);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }

  slot[name='action'] {
    display: block;
    margin-block-start: var(--_im-space-3);
  }
`;

import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  :host {
    display: block;
  }

  .base {
    outline: none;
  }

  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_im-space-1) var(--_im-space-3);
    min-block-size: 56px;
    padding-block: var(--_im-space-2);
  }

  .what {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }

  .label {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .seen,
  .current,
  .hint,
  .question p {
    color: var(--_im-text-muted);
    font-size: var(--_im-font-size-s);
    line-height: 18px;
  }

  .seen.online,
  .current {
    color: var(--_im-success);
  }

  .current {
    color: var(--_im-accent-ink);
    font-weight: 600;
  }

  .question {
    display: flex;
    flex: 1 0 100%;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: var(--_im-space-1);
  }

  .question p {
    flex: 1 0 100%;
    margin: 0;
  }

  .danger,
  .trouble {
    color: var(--_im-danger);
  }

  .hint,
  .trouble {
    margin: var(--_im-space-2) 0;
  }

  .loading {
    animation: appear 0s 200ms backwards;
  }

  button:disabled {
    opacity: 0.5;
  }

  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
`;

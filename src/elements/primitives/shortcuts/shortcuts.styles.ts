import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  dl {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 10px var(--_im-space-4);
    align-items: center;
    margin: var(--_im-space-3) 0 0;
    font-size: 0.875rem;
    line-height: 20px;
  }

  dt {
    color: var(--_im-text-muted);
  }

  dd {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 4px;
    margin: 0;
  }

  kbd {
    min-inline-size: 24px;
    border: 1px solid var(--_im-outline);
    border-radius: 6px;
    padding: 2px 6px;
    background: var(--_im-surface-sunken);
    font: inherit;
    font-size: 12px;
    font-weight: 600;
    line-height: 18px;
    text-align: center;
  }
`;

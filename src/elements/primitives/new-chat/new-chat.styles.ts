import { css, type CSSResult } from 'lit';

export const styles: CSSResult = css`
  p {
    margin: 0 0 var(--_im-space-4);
    color: var(--_im-text-muted);
    font-size: 0.875rem;
  }

  input[aria-invalid='true'] {
    box-shadow: inset 0 0 0 1.5px var(--_im-danger);
  }

  .actions {
    display: flex;
    justify-content: flex-end;
    gap: var(--_im-space-2);
    margin-block-start: var(--_im-space-3);
  }

  .actions .text-button {
    min-block-size: 40px;
  }
`;

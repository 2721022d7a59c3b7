import { css, type CSSResult } from 'lit';

/** The look of `troubleTemplate()`. */
export const troubleLook: CSSResult = css`
  .trouble {
    display: flex;
    flex: none;
    align-items: center;
    gap: var(--_im-space-2);
    margin: var(--_im-space-1) 14px 0;
    border-radius: var(--_im-radius-m);
    padding-block: 2px;
    padding-inline: var(--_im-space-3) 2px;
    background: color-mix(in oklab, var(--_im-danger) 12%, var(--_im-surface));
    color: color-mix(in oklab, var(--_im-danger) 85%, var(--_im-text));
    font-size: var(--_im-font-size-s);
    line-height: 18px;
    text-wrap: pretty;
  }

  .trouble > span {
    flex: 1;
    min-inline-size: 0;
    padding-block: var(--_im-space-1);
    overflow-wrap: anywhere;
  }

  .trouble .icon-button {
    color: inherit;
  }
`;

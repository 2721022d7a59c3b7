import { html, nothing, type TemplateResult } from 'lit';
import { closeIcon } from '../../../icons/icons.js';
import type { Strings } from '../../../locales/en.js';

export type DialogParts = {
  readonly heading: string;
  readonly strings: Strings;
  /** What stands below the heading; undefined while the dialog is not wanted. */
  readonly content: unknown;
  readonly close: () => void;
  /** It has closed, in whatever way. */
  readonly closed?: () => void;
  readonly click?: (event: MouseEvent) => void;
};

/** A `<dialog>` with a heading and a button that closes it; goes with `dialogLook`. */
export function dialogTemplate(parts: DialogParts): TemplateResult {
  const { heading, strings, content, close, closed, click } = parts;
  return html`<dialog
    part="dialog"
    aria-labelledby="title"
    @keydown=${keepInside}
    @click=${click}
    @close=${closed}
  >
    ${
      content === undefined
        ? nothing
        : html`<div class="dialog-head">
              <h2 id="title" dir="auto">${heading}</h2>
              <button
                type="button"
                class="icon-button"
                aria-label=${strings.close}
                @click=${() => close()}
              >
                ${closeIcon()}
              </button>
            </div>
            ${content}`
    }
  </dialog>`;
}

/** Keys pressed in a dialog are not shortcuts of what lies behind it. */
function keepInside(event: KeyboardEvent): void {
  event.stopPropagation();
}

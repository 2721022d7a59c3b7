import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Conversation } from '../../client/public.js';
import { moreIcon } from '../../icons/icons.js';
import type { Strings } from '../../locales/en.js';
import { setStyle } from '../shared/templates/set-style.js';

export type ListParts = {
  readonly shown: readonly Conversation[];
  /** Which of them are drawn. */
  readonly indexes: readonly number[];
  readonly rowHeight: number;
  /** The index that the Tab key reaches. */
  readonly reachable: number;
  readonly strings: Strings;
  readonly row: (conversation: Conversation, isReachable: boolean) => TemplateResult;
  readonly click: (event: Event) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly focus: (event: FocusEvent) => void;
};

/** The rows near the view, each with its button for more, in a box as high as all of them. */
export function listTemplate(parts: ListParts): TemplateResult {
  const { shown, indexes, rowHeight, reachable, strings, row } = parts;
  const size = shown.length;
  return html`<ul
    ${setStyle({ 'block-size': `${size * rowHeight}px` })}
    @click=${parts.click}
    @keydown=${parts.key}
    @focusin=${parts.focus}
  >
    ${repeat(
      indexes,
      (index) => shown[index]?.id,
      (index) => {
        const conversation = shown[index];
        const isReachable = index === reachable;
        return conversation
          ? html`<li
              aria-setsize=${size}
              aria-posinset=${index + 1}
              ${setStyle({ 'inset-block-start': `${index * rowHeight}px` })}
            >
              ${row(conversation, isReachable)}<button
                type="button"
                class="icon-button more"
                part="more"
                data-action="menu"
                data-id=${conversation.id}
                aria-label="${strings.moreActions}: ${conversation.title}"
                aria-haspopup="menu"
                tabindex=${isReachable ? 0 : -1}
              >
                ${moreIcon()}
              </button>
            </li>`
          : undefined;
      },
    )}
  </ul>`;
}

import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { closeIcon, searchIcon } from '../../icons/icons.js';
import type { Strings } from '../../locales/en.js';
import { modifierText } from '../shared/keyboard/platform.js';

export type SearchActions = {
  readonly input: (query: string) => void;
  readonly clear: () => void;
  /** Hears the keys of the field, and the ends of compositions among them. */
  readonly key: (event: KeyboardEvent | CompositionEvent) => void;
};

/** The field that filters the conversations by title. */
export function searchTemplate(
  query: string,
  strings: Strings,
  { input, clear, key }: SearchActions,
): TemplateResult {
  return html`<div class="search" part="search">
    ${searchIcon()}
    <input
      type="search"
      autocomplete="off"
      spellcheck="false"
      aria-label=${strings.searchLabel}
      placeholder=${strings.search}
      .value=${live(query)}
      @input=${(event: Event) => input((event.target as HTMLInputElement).value)}
      @keydown=${key}
      @compositionend=${key}
    />
    ${
      query
        ? html`<button
            type="button"
            class="icon-button"
            aria-label=${strings.clearSearch}
            @click=${clear}
          >
            ${closeIcon()}
          </button>`
        : html`<kbd aria-hidden="true">${modifierText('K')}</kbd>`
    }
  </div>`;
}

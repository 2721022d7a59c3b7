import { html, type TemplateResult } from 'lit';
import { composeIcon } from '../../icons/icons.js';
import type { Strings } from '../../locales/en.js';

/** The heading, what the page puts beside it, and "New chat". */
export function headerTemplate(strings: Strings, start: () => void): TemplateResult {
  return html`<header part="header">
    <h2>${strings.messages}</h2>
    <slot name="header-actions"></slot>
    <button type="button" class="icon-button" aria-label=${strings.newChat} @click=${start}>
      ${composeIcon()}
    </button>
  </header>`;
}

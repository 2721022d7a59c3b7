import { html, type TemplateResult } from 'lit';
import { alertIcon, closeIcon } from '../../../icons/icons.js';
import type { Strings } from '../../../locales/en.js';
import { errorText } from '../text/error-text.js';

/** Something that the user wanted did not work. */
export type Trouble = {
  readonly conversationId: string;
  readonly error: unknown;
  /** Whether it was a message that is not on its way now. */
  readonly unsent: boolean;
};

/** What went wrong, in words. */
export function troubleText(strings: Strings, { error, unsent }: Trouble): string {
  const reason = errorText(strings, error);
  return unsent ? strings.notSentBecause(reason) : reason;
}

/** A strip that tells what went wrong, until the user closes it. */
export function troubleTemplate(
  words: string,
  strings: Strings,
  close: () => void,
): TemplateResult {
  return html`<div class="trouble" part="trouble" role="alert">
    ${alertIcon()}<span>${words}</span>
    <button type="button" class="icon-button" aria-label=${strings.close} @click=${close}>
      ${closeIcon()}
    </button>
  </div>`;
}

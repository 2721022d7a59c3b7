import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation } from '../../client/public.js';
import { backIcon } from '../../icons/icons.js';
import type { Strings } from '../../locales/en.js';
import { avatarTemplate } from '../primitives/avatar/avatar-template.js';

/** Whom one talks to. */
export function headerTemplate(
  { id, peerId, kind, title, avatarUrl, memberCount }: Conversation,
  strings: Strings,
  leave: () => void,
): TemplateResult {
  const group = kind === 'group';
  return html`<slot name="header"
    ><header part="header">
      ${backButton(strings, leave)}
      ${avatarTemplate({ id: peerId ?? id, name: title, src: avatarUrl, square: group })}
      <div class="who">
        <h2 part="title" dir="auto">${title}</h2>
        ${group ? html`<p part="subtitle">${strings.memberCount(memberCount)}</p>` : nothing}
      </div>
      <slot name="header-actions"></slot></header
  ></slot>`;
}

/** The way back must be there whatever has become of the conversation. */
export function bareHeaderTemplate(strings: Strings, leave: () => void): TemplateResult {
  return html`<header part="header">${backButton(strings, leave)}</header>`;
}

function backButton(strings: Strings, leave: () => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button back"
    part="back"
    aria-label=${strings.back}
    @click=${leave}
  >
    ${backIcon()}
  </button>`;
}

import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, Presence } from '../../client/public.js';
import { backIcon } from '../../icons/icons.js';
import type { Strings } from '../../locales/en.js';
import type { Wording } from '../primitives/message/message-template.js';
import { presenceText } from '../shared/text/presence-text.js';
import { avatarTemplate } from '../primitives/avatar/avatar-template.js';

/** Whom one talks to. */
export function headerTemplate(
  { id, peerId, kind, title, avatarUrl, memberCount }: Conversation,
  presence: Presence | undefined,
  { strings, locale }: Wording,
  leave: () => void,
): TemplateResult {
  const group = kind === 'group';
  const there = presence ? presenceText(strings, locale, presence, Date.now()) : '';
  const subtitle = group ? strings.memberCount(memberCount) : there;
  return html`<slot name="header"
    ><header part="header">
      ${backButton(strings, leave)}
      ${avatarTemplate({ id: peerId ?? id, name: title, src: avatarUrl, square: group })}
      <div class="who">
        <h2 part="title" dir="auto">${title}</h2>
        ${subtitle ? html`<p part="subtitle">${subtitle}</p>` : nothing}
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

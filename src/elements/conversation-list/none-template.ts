import { html, type TemplateResult } from 'lit';
import type { Strings } from '../../locales/en.js';
import { errorText } from '../shared/text/error-text.js';
import type { ConversationFilter } from './conversation-filter.js';

/** Why no conversation is shown, and what to do about it. */
export function noneTemplate(
  empty: boolean,
  filter: ConversationFilter,
  query: string,
  strings: Strings,
  start: () => void,
): TemplateResult {
  if (empty) {
    return html`<slot name="empty"
      ><im-state kind="chat" heading=${strings.noConversations} text=${strings.noConversationsHint}>
        <button slot="action" type="button" class="filled-button" @click=${start}>
          ${strings.newChat}
        </button>
      </im-state></slot
    >`;
  }
  if (query.trim()) {
    return html`<im-state
      kind="search"
      heading=${strings.noMatch}
      text=${strings.noMatchHint(query.trim())}
    ></im-state>`;
  }
  return filter === 'unread'
    ? html`<im-state
        kind="done"
        heading=${strings.noUnread}
        text=${strings.noUnreadHint}
      ></im-state>`
    : html`<im-state
        kind="group"
        heading=${strings.noGroups}
        text=${strings.noGroupsHint}
      ></im-state>`;
}

/** The stored conversations could not be read. */
export function failedTemplate(error: unknown, strings: Strings): TemplateResult {
  return html`<im-state
    kind="error"
    heading=${strings.conversationsFailed}
    text=${errorText(strings, error)}
  ></im-state>`;
}

import { html, type TemplateResult } from 'lit';
import type { Conversation } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import { FILTERS, type ConversationFilter } from './conversation-filter.js';

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** The row of filters: one stop of the Tab key, arrows move and choose. */
export function filtersTemplate(
  chosen: ConversationFilter,
  conversations: readonly Conversation[],
  strings: Strings,
  choose: (filter: ConversationFilter) => void,
): TemplateResult {
  const unread = conversations.filter((one) => one.unread > 0).length;
  const words = {
    all: strings.filterAll,
    unread: unread ? strings.filterUnreadCount(String(unread)) : strings.filterUnread,
    groups: strings.filterGroups,
  };
  const handleKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const target = event.target as Element;
    const mirrored = target.matches(':dir(rtl)') && /Left|Right/.test(event.key);
    const index = FILTERS.indexOf(chosen) + (mirrored ? -step : step) + FILTERS.length;
    choose(FILTERS[index % FILTERS.length] ?? 'all');
  };
  return html`<div
    class="filters"
    part="filters"
    role="radiogroup"
    aria-label=${strings.filters}
    @keydown=${handleKey}
  >
    ${FILTERS.map(
      (filter) =>
        html`<button
          type="button"
          role="radio"
          aria-checked=${filter === chosen}
          tabindex=${filter === chosen ? 0 : -1}
          @click=${() => choose(filter)}
        >
          ${words[filter]}
        </button>`,
    )}
  </div>`;
}

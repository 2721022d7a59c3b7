import { html, type TemplateResult } from 'lit';
import type { Conversation, ConversationFolder } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import { isUnread, type ConversationFilter } from './conversation-filter.js';

export type FilterParts = {
  readonly chosen: ConversationFilter;
  readonly conversations: readonly Conversation[];
  readonly folders: readonly ConversationFolder[];
  readonly strings: Strings;
  readonly choose: (filter: ConversationFilter) => void;
};

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

/** The row of filters: one stop of the Tab key, arrows move and choose. */
export function filtersTemplate(parts: FilterParts): TemplateResult {
  const { chosen, conversations, folders, strings, choose } = parts;
  const unread = conversations.filter(isUnread).length;
  const chips: (readonly [ConversationFilter, string])[] = [
    ['all', strings.filterAll],
    ['unread', unread ? strings.filterUnreadCount(String(unread)) : strings.filterUnread],
    ['groups', strings.filterGroups],
    ...folders.map(({ id, name }) => [`folder ${id}`, name] as const),
  ];
  // A folder that is gone is chosen no more.
  const now = Math.max(
    chips.findIndex(([filter]) => filter === chosen),
    0,
  );
  const handleKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const target = event.target as Element;
    const mirrored = target.matches(':dir(rtl)') && /Left|Right/.test(event.key);
    const index = now + (mirrored ? -step : step) + chips.length;
    choose(chips[index % chips.length]?.[0] ?? 'all');
  };
  return html`<div
    class="filters"
    part="filters"
    role="radiogroup"
    aria-label=${strings.filters}
    @keydown=${handleKey}
  >
    ${chips.map(
      ([filter, words], index) =>
        html`<button
          type="button"
          role="radio"
          aria-checked=${index === now}
          tabindex=${index === now ? 0 : -1}
          dir="auto"
          data-id=${filter}
          @click=${() => choose(filter)}
        >
          ${words}
        </button>`,
    )}
  </div>`;
}

import type { Conversation } from '../../client/public.js';

/** Which conversations the list shows. */
export type ConversationFilter = 'all' | 'unread' | 'groups';

/** The filters in the order of their chips. */
export const FILTERS: readonly ConversationFilter[] = ['all', 'unread', 'groups'];

/**
 * The conversations that pass a filter and whose title contains the query.
 *
 * The open one stays among the unread ones: it would vanish under the finger that opened it.
 */
export function filterConversations(
  conversations: readonly Conversation[],
  filter: ConversationFilter,
  query: string,
  selected: string,
): readonly Conversation[] {
  const wanted = fold(query.trim());
  if (filter === 'all' && !wanted) return conversations;
  return conversations.filter(({ id, kind, title, unread }) => {
    if (filter === 'unread' && unread === 0 && id !== selected) return false;
    if (filter === 'groups' && kind !== 'group') return false;
    return !wanted || fold(title).includes(wanted);
  });
}

/** Without case and accents, so that "jose" finds "José". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

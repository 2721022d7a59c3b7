import type { Conversation } from '../../client/public.js';

/** Which conversations the list shows; `folder` is followed by the id of one. */
export type ConversationFilter = 'all' | 'unread' | 'groups' | `folder ${string}`;

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
  return conversations.filter((conversation) => {
    const { id, kind, title, folders } = conversation;
    if (filter === 'unread' && !isUnread(conversation) && id !== selected) return false;
    if (filter === 'groups' && kind !== 'group') return false;
    if (filter.startsWith('folder ') && !folders.includes(filter.slice(7))) return false;
    return !wanted || fold(title).includes(wanted);
  });
}

/** Whether a conversation waits to be read, or is marked so. */
export function isUnread({ unread, markedUnread }: Conversation): boolean {
  return unread > 0 || markedUnread;
}

/** Without case and accents, so that "jose" finds "José". */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

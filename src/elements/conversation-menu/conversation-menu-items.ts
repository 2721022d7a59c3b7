/** What can be done with a conversation. */
import type { Attention, Conversation, ConversationFolder } from '../../client/public.js';
import { bellOffIcon, pinIcon } from '../../icons/icons.js';
import {
  bellIcon,
  editIcon,
  folderIcon,
  hideIcon,
  plusIcon,
  readIcon,
  removeIcon,
  unreadIcon,
} from '../../icons/menu-icons.js';
import type { MenuStrings } from '../../locales/en-menus.js';
import type { MenuItem } from '../primitives/menu/menu-item.js';

/** Which menu is shown: one leads to the others. */
export type MenuPage =
  | { readonly kind: 'conversation'; readonly conversation: Conversation }
  | { readonly kind: 'attention'; readonly conversation: Conversation }
  | { readonly kind: 'folders'; readonly conversation: Conversation }
  | { readonly kind: 'folder'; readonly folder: ConversationFolder };

/** The name of a menu. */
export function pageLabel(page: MenuPage, words: MenuStrings): string {
  switch (page.kind) {
    case 'conversation':
      return page.conversation.title;
    case 'attention':
      return words.notifications;
    case 'folders':
      return words.moveToFolder;
    case 'folder':
      return page.folder.name;
  }
}

/** The lines of a menu. */
export function pageItems(
  page: MenuPage,
  folders: readonly ConversationFolder[],
  words: MenuStrings,
): readonly MenuItem[] {
  switch (page.kind) {
    case 'conversation':
      return conversationItems(page.conversation, words);
    case 'attention':
      return attentionItems(page.conversation, words);
    case 'folders':
      return folderItems(page.conversation, folders, words);
    case 'folder':
      return [
        { id: 'rename', words: words.folderEdit, icon: editIcon },
        { id: 'new', words: words.newFolder, icon: plusIcon },
        { id: 'remove', words: words.folderRemove, icon: removeIcon, isDanger: true },
      ];
  }
}

function conversationItems(
  { pinned, attention, unread, markedUnread }: Conversation,
  words: MenuStrings,
): readonly MenuItem[] {
  const isUnread = unread > 0 || markedUnread;
  return [
    { id: 'pin', words: pinned === undefined ? words.pinChat : words.unpinChat, icon: pinIcon },
    {
      id: 'attention',
      words: words.notifications,
      icon: attention === 'all' ? bellIcon : bellOffIcon,
      leadsOn: true,
    },
    isUnread
      ? { id: 'read', words: words.markRead, icon: readIcon }
      : { id: 'unread', words: words.markUnread, icon: unreadIcon },
    { id: 'folders', words: words.moveToFolder, icon: folderIcon, leadsOn: true },
    { id: 'hide', words: words.hideChat, icon: hideIcon, isApart: true },
  ];
}

function attentionItems({ attention }: Conversation, words: MenuStrings): readonly MenuItem[] {
  const names: Readonly<Record<Attention, string>> = {
    all: words.attentionAll,
    mentions: words.attentionMentions,
    count: words.attentionCount,
    none: words.attentionNone,
  };
  return (['all', 'mentions', 'count', 'none'] as const).map((id) => ({
    id,
    words: names[id],
    choice: { of: 'one', isOn: id === attention },
  }));
}

function folderItems(
  { folders: filed }: Conversation,
  folders: readonly ConversationFolder[],
  words: MenuStrings,
): readonly MenuItem[] {
  return [
    ...folders.map(({ id, name }): MenuItem => ({
      id: `folder ${id}`,
      words: name,
      icon: folderIcon,
      choice: { of: 'many', isOn: filed.includes(id) },
    })),
    { id: 'new', words: words.newFolder, icon: plusIcon, isApart: folders.length > 0 },
  ];
}

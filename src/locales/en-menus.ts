/** The words of menus and dialogs in English. They are read by what loads late, and come with it. */
import type { Strings } from './en.js';

export const enMenus = {
  // Messages
  react: (emoji: string): string => `React with ${emoji}`,
  copy: 'Copy text',
  edit: 'Edit',
  recall: 'Take back',
  editAgain: 'Edit again',
  removeForMe: 'Delete for me',
  removeForAll: 'Delete for everyone',
  pin: 'Pin',
  unpin: 'Unpin',
  star: 'Star',
  unstar: 'Remove star',
  readBy: 'Read by…',

  // Confirmations
  recallTitle: 'Take this message back?',
  recallText: 'Its words disappear for everyone; a note stays that you took it back.',
  removeForMeTitle: 'Delete this message for you?',
  removeForMeText: 'It disappears from all your devices. Others still see it.',
  removeForAllTitle: 'Delete this message for everyone?',
  removeForAllText: 'Its words disappear for everyone in this conversation.',
  unpinTitle: 'Unpin this message?',
  unpinText: 'It stays in the conversation, for everyone.',

  // Editing
  editing: 'Edit message',
  cancelEditing: 'Stop editing',
  save: 'Save',
  versions: 'Earlier versions',
  versionNow: 'Now',
  versionFirst: 'First version',

  // Pinned messages
  pinnedLine: (words: string): string => `Pinned: ${words}`,
  pinnedMessages: 'Pinned messages',
  showPinned: (count: number): string =>
    count === 1 ? 'Show the pinned message' : `Show all ${count} pinned messages`,
  nothingPinned: 'Nothing is pinned any more.',

  // Readers
  readers: 'Read by',
  read: 'Read',
  unread: 'Not read',
  readCount: (count: number): string => `Read ${count}`,
  unreadCount: (count: number): string => `Not read ${count}`,
  nobodyRead: 'Nobody has read it yet.',
  everybodyRead: 'Everybody has read it.',
  loadingReaders: 'Asking who has read it…',
  readersOffline: 'You’re offline. Who has read this can be asked once you’re back.',
  showMore: 'Show more',

  // Conversations
  pinChat: 'Pin to top',
  unpinChat: 'Unpin from top',
  notifications: 'Notifications',
  attentionAll: 'All messages',
  attentionMentions: 'Mentions only',
  attentionCount: 'Silent, but counted',
  attentionNone: 'None',
  markUnread: 'Mark as unread',
  markRead: 'Mark as read',
  hideChat: 'Hide until a new message',
  moveToFolder: 'Folders',
  newFolder: 'New folder…',
  notChanged: (title: string, reason: string): string => `“${title}” wasn’t changed. ${reason}`,
  foldersNotChanged: (reason: string): string => `The folders weren’t changed. ${reason}`,

  // Folders
  folders: 'Folders',
  folderNew: 'New folder',
  folderEdit: 'Edit folder',
  folderName: 'Name of the folder',
  folderNameNeeded: 'A folder needs a name.',
  folderRemove: 'Delete folder',
  folderRemoveTitle: (name: string): string => `Delete the folder “${name}”?`,
  folderRemoveText: 'The conversations in it stay.',
  create: 'Create',
};

/** The words of menus and dialogs in one language. */
export type MenuStrings = typeof enMenus;

/** All words in one language. */
export type Locale = Strings & { readonly menus: MenuStrings };

/** The words of menus and dialogs, in the language of those of the interface. */
export function menuStrings(strings: Strings & { readonly menus?: MenuStrings }): MenuStrings {
  return strings.menus ?? enMenus;
}

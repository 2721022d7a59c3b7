/** What can be done with a message, by whom it is, how old it is and what the server allows. */
import type { Conversation, Message, Policy } from '../../client/public.js';
import { pinIcon } from '../../icons/icons.js';
import {
  copyIcon,
  editIcon,
  readIcon,
  recallIcon,
  removeIcon,
  starIcon,
} from '../../icons/menu-icons.js';
import type { MenuStrings } from '../../locales/en-menus.js';
import type { MessageAction } from '../events/message-action.js';
import type { MenuGlyph, MenuItem } from '../primitives/menu/menu-item.js';
import { canEdit } from './can-edit.js';

/** What people react with most. */
export const QUICK_EMOJI: readonly string[] = ['👍', '❤️', '😂', '🎉', '😮', '🙏'];

export type Circumstances = {
  readonly conversation: Conversation | undefined;
  /** Undefined while it is not known: then the server decides. */
  readonly policy: Policy | undefined;
  readonly now: number;
};

type ActionItem = MenuItem & { readonly id: MessageAction };

/** The emoji to react with, none where a message takes no reactions. */
export function reactionGlyphs(message: Message, words: MenuStrings): readonly MenuGlyph[] {
  if (message.seq === undefined || message.content.type === 'gone') return [];
  return QUICK_EMOJI.map((emoji) => ({
    id: emoji,
    glyph: emoji,
    words: words.react(emoji),
    isOn: message.reactions.some((reaction) => reaction.emoji === emoji && reaction.own),
  }));
}

/** The lines of the menu. */
export function messageMenuItems(
  message: Message,
  circumstances: Circumstances,
  words: MenuStrings,
): readonly ActionItem[] {
  const { content, seq, own, pinned, starred } = message;
  const { policy, now } = circumstances;
  const items: ActionItem[] = [];
  if (content.type === 'text') items.push({ id: 'copy', words: words.copy, icon: copyIcon });
  if (canEdit(message, policy, now)) items.push({ id: 'edit', words: words.edit, icon: editIcon });
  if (seq === undefined) return items;
  if (content.type !== 'gone') {
    items.push(
      pinned
        ? { id: 'unpin', words: words.unpin, icon: pinIcon }
        : { id: 'pin', words: words.pin, icon: pinIcon },
      starred
        ? { id: 'unstar', words: words.unstar, icon: starIcon }
        : { id: 'star', words: words.star, icon: starIcon },
    );
    if (canAskReaders(message, circumstances)) {
      items.push({ id: 'readers', words: words.readBy, icon: readIcon });
    }
  }
  const danger = { isDanger: true, icon: removeIcon } as const;
  const first = items.length > 0;
  if (canRecall(message, circumstances)) {
    items.push({
      id: 'recall',
      words: words.recall,
      icon: recallIcon,
      isDanger: true,
      isApart: first,
    });
    items.push({ id: 'remove', words: words.removeForMe, ...danger });
  } else items.push({ id: 'remove', words: words.removeForMe, isApart: first, ...danger });
  if (own && content.type !== 'gone') {
    items.push({ id: 'remove-for-all', words: words.removeForAll, ...danger });
  }
  return items;
}

function canRecall({ content, own, at }: Message, { policy, now }: Circumstances): boolean {
  return own && content.type !== 'gone' && now - at < (policy?.recallMs ?? Infinity);
}

function canAskReaders({ own }: Message, { conversation, policy }: Circumstances): boolean {
  if (!own || conversation?.kind !== 'group') return false;
  return conversation.memberCount <= (policy?.receiptMembers ?? Infinity);
}

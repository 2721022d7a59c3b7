import { defineElement } from '../define-element.js';
import { defineLast } from '../define-late.js';
import type { ImConversationMenu } from '../conversation-menu/conversation-menu.js';
import type { ImNewChat } from '../primitives/new-chat/new-chat.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImConversationList } from './conversation-list.js';

defineElement('im-conversation-list', ImConversationList);
defineLast(() => import('../primitives/new-chat/define.js'));
defineLast(() => import('../conversation-menu/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-list': ImConversationList;
    'im-conversation-menu': ImConversationMenu;
    'im-new-chat': ImNewChat;
  }
}

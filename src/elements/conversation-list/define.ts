import { defineElement } from '../define-element.js';
import '../primitives/new-chat/define.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImConversationList } from './conversation-list.js';

defineElement('im-conversation-list', ImConversationList);

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-list': ImConversationList;
  }
}

import { defineElement } from '../define-element.js';
import '../dialogs/define.js';
import '../primitives/menu/define.js';
import { ImConversationMenu } from './conversation-menu.js';

defineElement('im-conversation-menu', ImConversationMenu);

declare global {
  interface HTMLElementTagNameMap {
    'im-conversation-menu': ImConversationMenu;
  }
}

import { defineElement } from '../../define-element.js';
import { ImNewChat } from './new-chat.js';

defineElement('im-new-chat', ImNewChat);

declare global {
  interface HTMLElementTagNameMap {
    'im-new-chat': ImNewChat;
  }
}

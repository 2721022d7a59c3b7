import { defineElement } from '../define-element.js';
import '../message-list/define.js';
import '../pinned-bar/define.js';
import '../primitives/composer/define.js';
import '../primitives/connection-bar/define.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImChatWindow } from './chat-window.js';

defineElement('im-chat-window', ImChatWindow);

declare global {
  interface HTMLElementTagNameMap {
    'im-chat-window': ImChatWindow;
  }
}

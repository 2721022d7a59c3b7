import { defineElement } from '../define-element.js';
import { defineLate } from '../define-late.js';
import type { ImMessageList } from '../message-list/message-list.js';
import '../primitives/composer/define.js';
import '../primitives/connection-bar/define.js';
import type { ImMessage } from '../primitives/message/message.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImChatWindow } from './chat-window.js';

defineElement('im-chat-window', ImChatWindow);
defineLate(() => import('../message-list/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-chat-window': ImChatWindow;
    'im-message': ImMessage;
    'im-message-list': ImMessageList;
  }
}

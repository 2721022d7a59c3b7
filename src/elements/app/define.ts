import { defineElement } from '../define-element.js';
import { defineLast, defineLate } from '../define-late.js';
import type { ImChatWindow } from '../chat-window/chat-window.js';
import type { ImDeviceDialog } from '../device-list/device-dialog.js';
import type { ImDeviceList } from '../device-list/device-list.js';
import type { ImMessageList } from '../message-list/message-list.js';
import type { ImComposer } from '../primitives/composer/composer.js';
import type { ImMessage } from '../primitives/message/message.js';
import type { ImShortcuts } from '../primitives/shortcuts/shortcuts.js';
import '../conversation-list/define.js';
import '../primitives/connection-bar/define.js';
import '../primitives/state/define.js';
import { ImApp } from './app.js';

defineElement('im-app', ImApp);
// Beside the list, which comes first; it is fetched at once.
defineLate(() => import('../chat-window/define.js'));
defineLast(() => import('../primitives/shortcuts/define.js'));
defineLast(() => import('../device-list/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-app': ImApp;
    'im-chat-window': ImChatWindow;
    'im-composer': ImComposer;
    'im-device-dialog': ImDeviceDialog;
    'im-device-list': ImDeviceList;
    'im-message': ImMessage;
    'im-message-list': ImMessageList;
    'im-shortcuts': ImShortcuts;
  }
}

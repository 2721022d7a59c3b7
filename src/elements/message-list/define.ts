import { defineElement } from '../define-element.js';
import { defineLast } from '../define-late.js';
import type { ImMessageMenu } from '../message-menu/message-menu.js';
import '../primitives/message/define.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImMessageList } from './message-list.js';

defineElement('im-message-list', ImMessageList);
defineLast(() => import('../message-menu/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-message-list': ImMessageList;
    'im-message-menu': ImMessageMenu;
  }
}

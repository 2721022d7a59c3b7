import { defineElement } from '../define-element.js';
import '../primitives/message/define.js';
import '../primitives/skeleton/define.js';
import '../primitives/state/define.js';
import { ImMessageList } from './message-list.js';

defineElement('im-message-list', ImMessageList);

declare global {
  interface HTMLElementTagNameMap {
    'im-message-list': ImMessageList;
  }
}

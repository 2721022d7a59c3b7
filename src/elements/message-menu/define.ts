import { defineElement } from '../define-element.js';
import '../dialogs/define.js';
import '../primitives/menu/define.js';
import { ImMessageMenu } from './message-menu.js';

defineElement('im-message-menu', ImMessageMenu);

declare global {
  interface HTMLElementTagNameMap {
    'im-message-menu': ImMessageMenu;
  }
}

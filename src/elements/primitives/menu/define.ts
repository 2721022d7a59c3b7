import { defineElement } from '../../define-element.js';
import { ImMenu } from './menu.js';

defineElement('im-menu', ImMenu);

declare global {
  interface HTMLElementTagNameMap {
    'im-menu': ImMenu;
  }
}

import { defineElement } from '../../define-element.js';
import { ImConnectionBar } from './connection-bar.js';

defineElement('im-connection-bar', ImConnectionBar);

declare global {
  interface HTMLElementTagNameMap {
    'im-connection-bar': ImConnectionBar;
  }
}

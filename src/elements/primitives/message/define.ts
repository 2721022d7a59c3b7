import { defineElement } from '../../define-element.js';
import { ImMessage } from './message.js';

defineElement('im-message', ImMessage);

declare global {
  interface HTMLElementTagNameMap {
    'im-message': ImMessage;
  }
}

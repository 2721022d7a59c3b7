import { defineElement } from '../define-element.js';
import { ImClientElement } from './client.js';

defineElement('im-client', ImClientElement);

declare global {
  interface HTMLElementTagNameMap {
    'im-client': ImClientElement;
  }
}

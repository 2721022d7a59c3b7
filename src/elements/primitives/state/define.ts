import { defineElement } from '../../define-element.js';
import { ImState } from './state.js';

defineElement('im-state', ImState);

declare global {
  interface HTMLElementTagNameMap {
    'im-state': ImState;
  }
}

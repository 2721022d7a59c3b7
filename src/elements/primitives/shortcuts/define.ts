import { defineElement } from '../../define-element.js';
import { ImShortcuts } from './shortcuts.js';

defineElement('im-shortcuts', ImShortcuts);

declare global {
  interface HTMLElementTagNameMap {
    'im-shortcuts': ImShortcuts;
  }
}

import { defineElement } from '../../define-element.js';
import { ImDialog } from './dialog.js';

defineElement('im-dialog', ImDialog);

declare global {
  interface HTMLElementTagNameMap {
    'im-dialog': ImDialog;
  }
}

import { defineElement } from '../../define-element.js';
import { ImComposer } from './composer.js';

defineElement('im-composer', ImComposer);

declare global {
  interface HTMLElementTagNameMap {
    'im-composer': ImComposer;
  }
}

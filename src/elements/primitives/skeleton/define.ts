import { defineElement } from '../../define-element.js';
import { ImSkeleton } from './skeleton.js';

defineElement('im-skeleton', ImSkeleton);

declare global {
  interface HTMLElementTagNameMap {
    'im-skeleton': ImSkeleton;
  }
}

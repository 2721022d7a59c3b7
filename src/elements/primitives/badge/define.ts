import { defineElement } from '../../define-element.js';
import { ImBadge } from './badge.js';

defineElement('im-badge', ImBadge);

declare global {
  interface HTMLElementTagNameMap {
    'im-badge': ImBadge;
  }
}

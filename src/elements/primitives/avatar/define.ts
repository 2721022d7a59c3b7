import { defineElement } from '../../define-element.js';
import { ImAvatar } from './avatar.js';

defineElement('im-avatar', ImAvatar);

declare global {
  interface HTMLElementTagNameMap {
    'im-avatar': ImAvatar;
  }
}

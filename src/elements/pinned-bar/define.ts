import { defineElement } from '../define-element.js';
import { defineLast } from '../define-late.js';
import type { ImPinned } from '../dialogs/pinned.js';
import { ImPinnedBar } from './pinned-bar.js';

defineElement('im-pinned-bar', ImPinnedBar);
defineLast(() => import('../dialogs/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-pinned': ImPinned;
    'im-pinned-bar': ImPinnedBar;
  }
}

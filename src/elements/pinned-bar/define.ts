import { defineElement } from '../define-element.js';
import { defineLate } from '../define-late.js';
import type { ImPinned } from '../dialogs/pinned.js';
import { ImPinnedBar } from './pinned-bar.js';

defineElement('im-pinned-bar', ImPinnedBar);
defineLate(() => import('../dialogs/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-pinned': ImPinned;
    'im-pinned-bar': ImPinnedBar;
  }
}

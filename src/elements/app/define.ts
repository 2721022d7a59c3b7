import { defineElement } from '../define-element.js';
import { defineLate } from '../define-late.js';
import type { ImShortcuts } from '../primitives/shortcuts/shortcuts.js';
import '../chat-window/define.js';
import '../conversation-list/define.js';
import '../primitives/connection-bar/define.js';
import '../primitives/state/define.js';
import { ImApp } from './app.js';

defineElement('im-app', ImApp);
defineLate(() => import('../primitives/shortcuts/define.js'));

declare global {
  interface HTMLElementTagNameMap {
    'im-app': ImApp;
    'im-shortcuts': ImShortcuts;
  }
}

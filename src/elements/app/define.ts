import { defineElement } from '../define-element.js';
import '../chat-window/define.js';
import '../conversation-list/define.js';
import '../primitives/connection-bar/define.js';
import '../primitives/shortcuts/define.js';
import '../primitives/state/define.js';
import { ImApp } from './app.js';

defineElement('im-app', ImApp);

declare global {
  interface HTMLElementTagNameMap {
    'im-app': ImApp;
  }
}

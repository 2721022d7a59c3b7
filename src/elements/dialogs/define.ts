import { defineElement } from '../define-element.js';
import '../primitives/dialog/define.js';
import { ImConfirm } from './confirm.js';
import { ImFolder } from './folder.js';
import { ImPinned } from './pinned.js';
import { ImReaders } from './readers.js';
import { ImVersions } from './versions.js';

defineElement('im-confirm', ImConfirm);
defineElement('im-folder', ImFolder);
defineElement('im-pinned', ImPinned);
defineElement('im-readers', ImReaders);
defineElement('im-versions', ImVersions);

declare global {
  interface HTMLElementTagNameMap {
    'im-confirm': ImConfirm;
    'im-folder': ImFolder;
    'im-pinned': ImPinned;
    'im-readers': ImReaders;
    'im-versions': ImVersions;
  }
}

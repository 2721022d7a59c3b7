import { defineElement } from '../define-element.js';
import { ImDeviceDialog } from './device-dialog.js';
import { ImDeviceList } from './device-list.js';

defineElement('im-device-list', ImDeviceList);
defineElement('im-device-dialog', ImDeviceDialog);

declare global {
  interface HTMLElementTagNameMap {
    'im-device-list': ImDeviceList;
    'im-device-dialog': ImDeviceDialog;
  }
}

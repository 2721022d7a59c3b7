/** Everything that a page or an application may use. Importing it registers nothing. */
export * from './exports.js';
export { enMenus, type Locale, type MenuStrings } from './locales/en-menus.js';
export { ImDeviceDialog } from './elements/device-list/device-dialog.js';
export { ImDeviceList } from './elements/device-list/device-list.js';
export { ImMessageList } from './elements/message-list/message-list.js';
export { ImMessage } from './elements/primitives/message/message.js';
export { ImNewChat } from './elements/primitives/new-chat/new-chat.js';
export { ImShortcuts } from './elements/primitives/shortcuts/shortcuts.js';
export { ImChatWindow } from './elements/chat-window/chat-window.js';
export { ImComposer } from './elements/primitives/composer/composer.js';
export { ImConversationMenu } from './elements/conversation-menu/conversation-menu.js';
export { ImConfirm } from './elements/dialogs/confirm.js';
export { ImFolder } from './elements/dialogs/folder.js';
export { ImPinned } from './elements/dialogs/pinned.js';
export { ImReaders } from './elements/dialogs/readers.js';
export { ImVersions } from './elements/dialogs/versions.js';
export {
  ImConversationActionEvent,
  type ConversationAction,
} from './elements/events/conversation-action.js';
export { ImEditCancelEvent } from './elements/events/edit-cancel.js';
export { ImEditRequestEvent } from './elements/events/edit-request.js';
export { ImEditSaveEvent } from './elements/events/edit-save.js';
export { ImMenuSelectEvent } from './elements/events/menu-select.js';
export { ImMessageActionEvent, type MessageAction } from './elements/events/message-action.js';
export { ImMessageJumpEvent } from './elements/events/message-jump.js';
export { ImMessageMenu } from './elements/message-menu/message-menu.js';
export { ImPinnedBar } from './elements/pinned-bar/pinned-bar.js';
export { ImDialog } from './elements/primitives/dialog/dialog.js';
export { ImMenu } from './elements/primitives/menu/menu.js';
export type { MenuGlyph, MenuItem } from './elements/primitives/menu/menu-item.js';

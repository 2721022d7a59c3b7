/** Everything that a page or an application may use. Importing it registers nothing. */
export * from './exports.js';
export { enMenus, type Locale, type MenuStrings } from './locales/en-menus.js';
export { ImMessageList } from './elements/message-list/message-list.js';
export { ImMessage } from './elements/primitives/message/message.js';
export { ImNewChat } from './elements/primitives/new-chat/new-chat.js';
export { ImShortcuts } from './elements/primitives/shortcuts/shortcuts.js';
export { ImChatWindow } from './elements/chat-window/chat-window.js';
export { ImComposer } from './elements/primitives/composer/composer.js';

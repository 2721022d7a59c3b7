/** What a page may use from the first moment on: everything but the elements that arrive late. */
export { createClient } from './client/create-client.js';
export type * from './client/public.js';
export {
  ImError,
  IM_ERROR_CODES,
  type ImErrorCode,
  type ImErrorOptions,
} from './protocol/im-error.js';
export { ImApp } from './elements/app/app.js';
export { ImClientElement } from './elements/client/client.js';
export { ImConversationList } from './elements/conversation-list/conversation-list.js';
export { ImAvatar } from './elements/primitives/avatar/avatar.js';
export { ImBadge } from './elements/primitives/badge/badge.js';
export { ImConnectionBar } from './elements/primitives/connection-bar/connection-bar.js';
export { ImSkeleton } from './elements/primitives/skeleton/skeleton.js';
export { ImState } from './elements/primitives/state/state.js';
export { clientContext } from './elements/context.js';
export { defineElement } from './elements/define-element.js';
export { ImActionFailedEvent } from './elements/events/action-failed.js';
export { ImBackEvent } from './elements/events/back.js';
export { ImConnectionChangedEvent } from './elements/events/connection-changed.js';
export { ImConversationSelectEvent } from './elements/events/conversation-select.js';
export { ImDiscardEvent } from './elements/events/discard.js';
export { ImDraftChangeEvent } from './elements/events/draft-change.js';
export { ImMessageFailedEvent } from './elements/events/message-failed.js';
export { ImMessageReceivedEvent } from './elements/events/message-received.js';
export { ImMessageSentEvent } from './elements/events/message-sent.js';
export { ImOpenLinkEvent } from './elements/events/open-link.js';
export { ImPeerSelectEvent } from './elements/events/peer-select.js';
export { ImReconnectEvent } from './elements/events/reconnect.js';
export { ImRetryEvent } from './elements/events/retry.js';
export { ImSendEvent } from './elements/events/send.js';
export { ImTokenExpiredEvent } from './elements/events/token-expired.js';
export { ImTypingChangeEvent } from './elements/events/typing-change.js';
export { registerLocale } from './elements/shared/locale-registry.js';
export { en, type Strings } from './locales/en.js';

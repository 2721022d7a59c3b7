/** The headless client: runs in a page, in a worker and in Node. */
export { createClient } from './create-client.js';
export { ImError, type ImErrorCode } from '../protocol/im-error.js';
export { c2cId } from '../protocol/ids.js';
export type {
  Attention,
  ConnectionState,
  Conversation,
  ConversationFolder,
  HistoryState,
  ImClient,
  ImClientEvents,
  ImClientOptions,
  Live,
  LiveObserver,
  LogLevel,
  Message,
  MessageContent,
  MessageDraft,
  MessageHistory,
  MessageReaction,
  MessageStatus,
  MessageVersion,
  Person,
  Policy,
  Readers,
  SocketLike,
  StorageState,
  Token,
} from './public.js';

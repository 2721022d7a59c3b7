/** The headless client: runs in a page, in a worker and in Node. */
export { createClient } from './create-client.js';
export { ImError, type ImErrorCode } from '../protocol/im-error.js';
export { c2cId } from '../protocol/ids.js';
export type {
  ConnectionState,
  Conversation,
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
  MessageStatus,
  Person,
  SocketLike,
  StorageState,
  Token,
} from './public.js';

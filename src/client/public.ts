/**
 * Everything an element, or a page that uses the client without elements, may know about it.
 *
 * Elements import this file and no other file of `src/client`; a lint rule holds them to it. There
 * are only types here, so the import costs nothing at run time.
 */
import type { ConversationKind } from '../protocol/ids.js';
import type { ImError, ImErrorCode } from '../protocol/im-error.js';
import type { Device, DeviceOptions, Presence } from './public-devices.js';

export type { Device, DeviceOptions, Platform, Presence } from './public-devices.js';

/**
 * A value that changes over time. Observers get the present value soon after they subscribe, then
 * every later one; and `error` when it cannot be had, which a later value may make up for. The result
 * of Dexie's `liveQuery()` is one.
 */
export interface Live<T> {
  subscribe(observer: LiveObserver<T>): { unsubscribe(): void };
}

export type LiveObserver<T> = {
  readonly next: (value: T) => void;
  readonly error?: (error: unknown) => void;
};

/** How the client stands with the server. */
export type ConnectionState =
  /** Not started yet, or stopped by `destroy()` or `logout()`. */
  | { readonly status: 'stopped' }
  /** A socket is being opened or is saying hello. `attempt` counts from 1 since the last success. */
  | { readonly status: 'connecting'; readonly attempt: number }
  /** Connected; `remaining` conversations are still being brought up to date. */
  | { readonly status: 'catching-up'; readonly remaining: number }
  /** Connected and complete. */
  | { readonly status: 'connected' }
  /** No connection. The next try is at `retryAt` (milliseconds since 1970) or on `reconnect()`. */
  | { readonly status: 'offline'; readonly retryAt: number; readonly error: ImError }
  /**
   * The server will not have this token, this version or this device: `setToken()` or a new page helps,
   * and `reconnect()` after `device/kicked`.
   */
  | { readonly status: 'refused'; readonly error: ImError };

/** Where messages are kept on this device. */
export type StorageState =
  | { readonly status: 'opening' }
  | { readonly status: 'persistent' }
  /** IndexedDB failed: nothing survives this page. What could not be sent is lost when it closes. */
  | { readonly status: 'memory'; readonly error: ImError }
  /** Not even memory can be had: there is nothing to show or to send from. Every use tries again. */
  | { readonly status: 'unavailable'; readonly error: ImError };

/** A person as shown: the id stands in for a name that is not known yet. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | undefined;
};

/** What a message says. Kinds of newer versions arrive as `unknown` and are shown by a fallback. */
export type MessageContent =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'system';
      readonly action: 'created';
      readonly by: Person | undefined;
      /** Whether it was this user. */
      readonly byOwn: boolean;
      readonly name: string | undefined;
    }
  | { readonly type: 'unknown'; readonly kind: string };

/**
 * The life of a message. Own messages: stored here (`queued`), on the wire (`sending`), on the
 * server's disk (`sent`), on the devices of all others (`delivered`), seen by all others (`read`), or
 * refused (`failed`). Messages of others are `received`.
 */
export type MessageStatus =
  | { readonly status: 'queued' }
  | { readonly status: 'sending' }
  | { readonly status: 'sent' }
  | { readonly status: 'delivered' }
  | { readonly status: 'read' }
  | { readonly status: 'failed'; readonly code: ImErrorCode }
  | { readonly status: 'received' };

export type Message = {
  /** Unique within its conversation, and the same from the first moment on. */
  readonly id: string;
  readonly conversationId: string;
  /** The place in the conversation; undefined until the server has accepted it. */
  readonly seq: number | undefined;
  readonly sender: Person;
  readonly own: boolean;
  /** Server time once accepted, this device's until then; milliseconds since 1970. */
  readonly at: number;
  readonly content: MessageContent;
  readonly state: MessageStatus;
};

export type Conversation = {
  readonly id: string;
  readonly kind: ConversationKind;
  /** The other person of a one-to-one conversation. */
  readonly peerId: string | undefined;
  /** The group's name, or the other person's. */
  readonly title: string;
  readonly avatarUrl: string | undefined;
  readonly memberCount: number;
  /** When something last happened; milliseconds since 1970. */
  readonly activeAt: number;
  /** The newest message, own unsent ones included. */
  readonly last: Message | undefined;
  /** Messages of others after the read mark, at most 100 (shown as "99+"). */
  readonly unread: number;
  /** Everything up to this `seq` has been read by this user. */
  readonly readSeq: number;
  readonly lastSeq: number;
  /** The unsent text of the composer, or the empty string. */
  readonly draft: string;
};

/** A contiguous piece of a conversation, oldest first, unsent own messages at the end. */
export type HistoryState = {
  readonly messages: readonly Message[];
  /** Whether there is more above `messages[0]`, on this device or on the server. */
  readonly hasOlder: boolean;
  /** Whether there is more below; the window has moved away from the newest message. */
  readonly hasNewer: boolean;
  /** The page that is being fetched, if any. */
  readonly loading: 'first' | 'older' | 'newer' | undefined;
  /** Why the last page could not be had; `connection/offline` when only the server has it. */
  readonly error: ImError | undefined;
};

/** A window over one conversation. It holds at most 2,000 messages, whatever the history's length. */
export interface MessageHistory {
  readonly state: Live<HistoryState>;
  /** Moves the window up by a page. One page at a time; resolves when it is there or has failed. */
  loadOlder(): Promise<void>;
  /** Moves the window down by a page. */
  loadNewer(): Promise<void>;
  /** Returns to the newest messages. */
  loadLatest(): Promise<void>;
  /** Ends the window and all it listens to. */
  close(): void;
}

/** What `send()` takes. */
export type MessageDraft = { readonly type: 'text'; readonly text: string };

/** Events of `client.on()`. */
export type ImClientEvents = {
  /** Messages of others have arrived and are stored. History that is merely loaded does not count. */
  readonly message: { readonly messages: readonly Message[] };
  readonly 'connection-change': ConnectionState;
  /** The server has accepted a message of this device. */
  readonly 'message-sent': { readonly conversationId: string; readonly messageId: string };
  /** The server has refused a message of this device for good. */
  readonly 'message-failed': {
    readonly conversationId: string;
    readonly messageId: string;
    readonly error: ImError;
  };
  /** The token has run out, or has been revoked; the token provider, if any, is asked next. */
  readonly 'token-expired': { readonly error: ImError };
  /**
   * The server has sent this device away, and it does not come back by itself: `device/kicked` when
   * another one has taken its place, `device/signed-out` when it was signed out.
   */
  readonly kicked: { readonly error: ImError };
};

export interface ImClient {
  /** Who this client speaks for. */
  readonly userId: string;
  readonly connection: Live<ConnectionState>;
  readonly storage: Live<StorageState>;
  /** Most recently active first. */
  readonly conversations: Live<readonly Conversation[]>;
  /** Unread messages in all conversations together. */
  readonly totalUnread: Live<number>;

  /** One conversation; undefined while this device does not know it. */
  conversation(conversationId: string): Live<Conversation | undefined>;
  /** Opens a window at the newest messages. `pageSize` defaults to 50. */
  history(conversationId: string, options?: { readonly pageSize?: number }): MessageHistory;
  /** Who else is typing in a conversation now. */
  typing(conversationId: string): Live<readonly Person[]>;
  /** Whether a person of one's conversations is there. Asked for while somebody observes it. */
  presence(userId: string): Live<Presence>;
  /** The devices that this user is signed in with, last seen first. @throws ImError */
  devices(): Promise<readonly Device[]>;
  /** Signs one of them out: it deletes what it keeps. @throws ImError `device/not-found` */
  signOutDevice(deviceId: string): Promise<void>;

  /**
   * Makes sure that the conversation with a person exists on this device, also offline, and gives its id.
   *
   * @throws ImError `user/not-found` when `userId` is no well-formed id or is this user's own.
   */
  openPeer(userId: string): Promise<string>;
  /**
   * Stores a message for sending, and gives it as it is shown. Sending goes on by itself, also after a
   * restart; `message-sent` and the message's state tell how it went.
   *
   * @throws ImError `message/empty`, `message/too-large`, `conversation/not-found` (no such id can
   *  exist), `storage/quota-exceeded`, `client/destroyed`.
   */
  send(conversationId: string, draft: MessageDraft): Promise<Message>;
  sendText(conversationId: string, text: string): Promise<Message>;
  /** Queues a failed message again, at the end of its conversation. */
  retry(conversationId: string, messageId: string): Promise<void>;
  /** Forgets a failed or queued message. */
  discard(conversationId: string, messageId: string): Promise<void>;

  /** Everything up to `seq` has been seen. Lower values than before do nothing. */
  markRead(conversationId: string, seq: number): Promise<void>;
  /**
   * Counts what arrives in a conversation as read, until the returned function is called: for a view
   * that shows the newest message to somebody who looks. What was unread before stays so.
   */
  keepRead(conversationId: string): () => void;
  /** Tells the others that this user types, or has stopped. Repeated calls are throttled. */
  setTyping(conversationId: string, active: boolean): void;
  /** Keeps the unsent text of a conversation's composer; the empty string forgets it. */
  setDraft(conversationId: string, text: string): Promise<void>;

  /** Tries again now, instead of waiting for the next attempt. */
  reconnect(): void;
  /** Replaces the token, as after `refused`, and connects. */
  setToken(token: Token): void;
  /** Calls `handler` at every event, until the function that is returned is called. */
  on<E extends keyof ImClientEvents>(
    event: E,
    handler: (detail: ImClientEvents[E]) => void,
  ): () => void;
  /** The last log lines, oldest first, one JSON object a line; without tokens and message texts. */
  exportLogs(): string;
  /** Stops, and with `wipe` deletes all that this device keeps for the user. */
  logout(options?: { readonly wipe?: boolean }): Promise<void>;
  /** Stops everything that runs. What is stored stays. */
  destroy(): Promise<void>;
}

/** A JWT, or a function that fetches a fresh one whenever it is needed. */
export type Token = string | (() => string | Promise<string>);

export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/**
 * The part of a WebSocket that the client uses; the browser's and that of `ws` both fit, which is why
 * the events are not typed: a message has `data`, a close has `code` and `reason`.
 */
export interface SocketLike {
  readonly readyState: number;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

export type ImClientOptions = DeviceOptions & {
  /** Where the server is: `https://chat.example.com`, `ws://127.0.0.1:8787`, with or without a path. */
  readonly server: string;
  readonly token: Token;
  /** Lets stored messages show before the first token is there; else it is read from the token. */
  readonly userId?: string;
  /** False keeps this user's reading from the others. Default true. */
  readonly readReceipts?: boolean;
  /** What goes to the console; the ring buffer of `exportLogs()` keeps `debug` and above. Default `warn`. */
  readonly logLevel?: LogLevel;
  /** Opens a socket. Default: the runtime's `WebSocket`; on Node 20 pass that of `ws`. */
  readonly openSocket?: (url: string, protocol: string) => SocketLike;
  /** `memory` keeps nothing beyond the page. Default `persistent`, which falls back by itself. */
  readonly storage?: 'persistent' | 'memory';
};

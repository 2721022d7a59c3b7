/**
 * Everything an element, or a page that uses the client without elements, may know about it.
 *
 * Elements import this file and no other file of `src/client`; a lint rule holds them to it. There
 * are only types here, so the import costs nothing at run time.
 */
import type { Policy } from '../protocol/entities.js';
import type { ImError } from '../protocol/im-error.js';
import type { Attention } from '../protocol/registers.js';
import type { Device, DeviceOptions, Presence } from './public-devices.js';
import type {
  ConnectionState,
  Conversation,
  ConversationFolder,
  Live,
  Message,
  MessageHistory,
  MessageVersion,
  Person,
  Readers,
  StorageState,
} from './public-values.js';

export type { Device, DeviceOptions, Platform, Presence } from './public-devices.js';
export type * from './public-values.js';

/** What `send()` takes. */
export type MessageDraft = { readonly type: 'text'; readonly text: string };

/** Events of `client.on()`. */
export type ImClientEvents = {
  /**
   * Messages of others have arrived and are stored. History that is merely loaded does not count.
   * Told in every tab of the browser.
   */
  readonly message: { readonly messages: readonly Message[] };
  /**
   * The same news, in only one of the browser's tabs: for notifications and sounds. It is the tab that
   * speaks with the server, not the one that somebody looks at.
   */
  readonly notify: { readonly messages: readonly Message[] };
  readonly 'connection-change': ConnectionState;
  /** The server has accepted a message of this device, whichever tab has sent it. */
  readonly 'message-sent': { readonly conversationId: string; readonly messageId: string };
  /** The server has refused a message of this device for good, whichever tab has sent it. */
  readonly 'message-failed': {
    readonly conversationId: string;
    readonly messageId: string;
    readonly error: ImError;
  };
  /** The server has refused a change for good: what it was to change is as before. */
  readonly 'action-failed': {
    /** Undefined when it was about no conversation, such as a folder. */
    readonly conversationId: string | undefined;
    /** The message that was to change; undefined when it was about the conversation. */
    readonly messageId: string | undefined;
    readonly error: ImError;
  };
  /**
   * The token has run out, or has been revoked; the token provider, if any, is asked next. Told in the tab that speaks with
   * the server.
   */
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
  /** Those on top by their places, then the most recently active first; without hidden ones. */
  readonly conversations: Live<readonly Conversation[]>;
  /** Unread messages in all conversations together that ask to be counted (`all`, `count`). */
  readonly totalUnread: Live<number>;
  /** By their positions. */
  readonly folders: Live<readonly ConversationFolder[]>;
  /** What the server allows, as it last said; while it has not, what a server allows by default. */
  readonly policy: Live<Policy>;

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

  /**
   * Puts another text in place of a message's; one that has never left this device is written anew.
   * Like every change it shows at once, here and offline, and goes to the server by itself; when the
   * server refuses, `action-failed` tells why and the message is as before.
   *
   * @throws ImError `message/not-found` (not on this device, or not accepted yet), `message/not-own`,
   *  `message/gone`, `message/empty`, `message/too-large`, `protocol/unsupported-version` (the server
   *  is too old), and what storing throws.
   */
  edit(conversationId: string, messageId: string, text: string): Promise<void>;
  /**
   * Takes an own message back: its words are gone everywhere. The server refuses after
   * `policy.recallMs` with `message/recall-expired`. @throws ImError as `edit` does.
   */
  recall(conversationId: string, messageId: string): Promise<void>;
  /**
   * Removes a message: for this user on all devices, or for everybody. @throws ImError as `edit` does.
   */
  remove(
    conversationId: string,
    messageId: string,
    options: { readonly for: 'me' | 'all' },
  ): Promise<void>;
  /** Puts an emoji under a message, or takes it away. @throws ImError as `edit` does. */
  react(conversationId: string, messageId: string, emoji: string, on?: boolean): Promise<void>;
  /** Puts a message on top for everybody, or takes it from there. @throws ImError as `edit` does. */
  pinMessage(conversationId: string, messageId: string, on?: boolean): Promise<void>;
  /** Stars a message for this user alone. @throws ImError as `edit` does. */
  star(conversationId: string, messageId: string, on?: boolean): Promise<void>;
  /**
   * All texts that a message has had, the first one first; none when it is gone.
   *
   * @throws ImError `message/not-found`.
   */
  versions(conversationId: string, messageId: string): Promise<readonly MessageVersion[]>;
  /** The pinned messages, the first pinned first; those that are not on this device are fetched. */
  pinnedMessages(conversationId: string): Live<readonly Message[]>;
  /**
   * The starred messages of all conversations, the last starred first: at most `limit` (default 50)
   * after the first `skip`.
   */
  starredMessages(options?: {
    readonly skip?: number;
    readonly limit?: number;
  }): Promise<readonly Message[]>;
  /**
   * Who has read a message, or with `read: false` who has not, a page by rising id after `after`.
   *
   * @throws ImError `message/not-found`, `connection/offline`, and what the server answers.
   */
  readers(
    conversationId: string,
    messageId: string,
    options: { readonly read: boolean; readonly after?: string },
  ): Promise<Readers>;

  /** Shows a conversation as unread on all devices, until it is read or `on` is false. */
  markUnread(conversationId: string, on?: boolean): Promise<void>;
  /** How a conversation asks for attention, on all devices. */
  setAttention(conversationId: string, attention: Attention): Promise<void>;
  /** Puts a conversation on top of the list, below those that are there, or takes it from there. */
  pinConversation(conversationId: string, on?: boolean): Promise<void>;
  /** Leaves a conversation out of the list until a new message comes. */
  hideConversation(conversationId: string): Promise<void>;
  /** Makes a folder, or with `id` changes one, and gives its id. A new one comes last. */
  saveFolder(folder: {
    readonly id?: string;
    readonly name: string;
    readonly position?: number;
  }): Promise<string>;
  /** Removes a folder; the conversations in it stay. */
  removeFolder(folderId: string): Promise<void>;
  /** Puts a conversation into a folder, or takes it out. */
  file(folderId: string, conversationId: string, on?: boolean): Promise<void>;

  /** Everything up to `seq` has been seen, and nothing is marked as unread any more. */
  markRead(conversationId: string, seq: number): Promise<void>;
  /**
   * Counts what arrives in a conversation as read, until the returned function is called: for a view
   * that shows the newest message to somebody who looks. What was unread before stays so.
   */
  keepRead(conversationId: string): () => void;
  /** Tells the others that this user types, or has stopped. Repeated calls are throttled. */
  setTyping(conversationId: string, active: boolean): void;
  /**
   * Keeps the unsent text of a conversation's composer; the empty string forgets it. The user's other
   * devices have it a moment after the last change.
   */
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
  /** False keeps unsent texts on this device. Default true. */
  readonly syncDrafts?: boolean;
  /** What goes to the console; the ring buffer of `exportLogs()` keeps `debug` and above. Default `warn`. */
  readonly logLevel?: LogLevel;
  /** Opens a socket. Default: the runtime's `WebSocket`; on Node 20 pass that of `ws`. */
  readonly openSocket?: (url: string, protocol: string) => SocketLike;
  /** `memory` keeps nothing beyond the page. Default `persistent`, which falls back by itself. */
  readonly storage?: 'persistent' | 'memory';
};

/**
 * Everything an element, or a page that uses the client without elements, may know about it.
 *
 * Elements import this file and no other file of `src/client`; a lint rule holds them to it. There
 * are only types here, so the import costs nothing at run time.
 */
import type { Policy } from '../protocol/entities.js';
import type { ConversationKind } from '../protocol/ids.js';
import type { ImError, ImErrorCode } from '../protocol/im-error.js';
import type { Attention } from '../protocol/registers.js';

export type { Attention, Policy };

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
  /** The server will not have this token or this version; only `setToken()` or a new page helps. */
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
  /** Taken back by its sender, or removed for everybody; its words are nowhere any more. */
  | {
      readonly type: 'gone';
      readonly how: 'recall' | 'delete';
      readonly by: Person;
      readonly byOwn: boolean;
    }
  | { readonly type: 'unknown'; readonly kind: string };

/** One emoji that people have put under a message. */
export type MessageReaction = {
  readonly emoji: string;
  readonly count: number;
  /** Whether this user is one of them. */
  readonly own: boolean;
  /** By the order in which they came. */
  readonly people: readonly Person[];
};

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
  /** What it says now; an edited text is its newest version. */
  readonly content: MessageContent;
  readonly state: MessageStatus;
  readonly edited: boolean;
  /** In the order in which the emoji came. */
  readonly reactions: readonly MessageReaction[];
  /** Everybody finds it among the pinned messages. */
  readonly pinned: boolean;
  /** This user has starred it. Not told for `Conversation.last`. */
  readonly starred: boolean;
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
  /** When the newest message was written; milliseconds since 1970. */
  readonly activeAt: number;
  /** The newest message, own unsent ones included; undefined when it is not shown to this user. */
  readonly last: Message | undefined;
  /** Messages of others after the read mark, at most 100 (shown as "99+"). */
  readonly unread: number;
  /** Everything up to this `seq` has been read by this user. */
  readonly readSeq: number;
  readonly lastSeq: number;
  /** The unsent text of the composer, or the empty string. */
  readonly draft: string;
  /** The place among the conversations that stand on top; undefined for all others. */
  readonly pinned: number | undefined;
  /** How it asks for attention. */
  readonly attention: Attention;
  /** Left out of the list until a new message comes. */
  readonly hidden: boolean;
  /** Shown as unread although it has been read. */
  readonly markedUnread: boolean;
  /** The ids of the folders that it is in. */
  readonly folders: readonly string[];
};

/** A folder of conversations. */
export type ConversationFolder = {
  readonly id: string;
  readonly name: string;
  /** Folders stand in the order of their positions. */
  readonly position: number;
};

/** A text that a message had at some time. */
export type MessageVersion = { readonly text: string; readonly at: number };

/** Who has read a message, or who has not: one page. */
export type Readers = {
  readonly people: readonly Person[];
  /** Whether more follow after the last of `people`. */
  readonly more: boolean;
  /** How many of the others have read the message, and how many have not. */
  readonly readCount: number;
  readonly unreadCount: number;
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
  /** The server has refused a change for good: what it was to change is as before. */
  readonly 'action-failed': {
    /** Undefined when it was about no conversation, such as a folder. */
    readonly conversationId: string | undefined;
    /** The message that was to change; undefined when it was about the conversation. */
    readonly messageId: string | undefined;
    readonly error: ImError;
  };
  /** The token has run out; the token provider, if any, is asked next. */
  readonly 'token-expired': { readonly error: ImError };
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

export type ImClientOptions = {
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

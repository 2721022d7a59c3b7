/** What the client shows: the values that `ImClient` gives. */
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
  /** Connected, and fetching what was missed. Told a few times a second. */
  | ({ readonly status: 'catching-up' } & Progress)
  /** Connected and complete. */
  | { readonly status: 'connected' }
  /** No connection. The next try is at `retryAt` (milliseconds since 1970) or on `reconnect()`. */
  | { readonly status: 'offline'; readonly retryAt: number; readonly error: ImError }
  /**
   * The server will not have this token, this version or this device: `setToken()` or a new page helps,
   * and `reconnect()` after `device/kicked`.
   */
  | { readonly status: 'refused'; readonly error: ImError };

/** How far a catch-up has come. */
export type Progress = {
  /** Conversations that are still being brought up to date. */
  readonly remaining: number;
  /** Messages, and changes to them, that have been fetched. Never falls while it lasts. */
  readonly done: number;
  /** Those that are known to have been missed: zero at first, and more while more is found. */
  readonly total: number;
};

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

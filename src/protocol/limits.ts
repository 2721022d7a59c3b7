import type { Policy } from './entities.js';

/** Sizes and counts that both ends enforce. Units are in the names or in the comment. */
export const LIMITS = {
  /** One frame as UTF-8 text, in either direction except pages of events. */
  frameBytes: 65_536,
  /** The text of one message, in UTF-16 code units. */
  textLength: 10_000,
  /** Nesting of a message body. */
  bodyDepth: 16,
  /** Names of people and groups, in UTF-16 code units. */
  nameLength: 100,
  /** Conversation ids, in characters: a prefix and two user ids. */
  conversationIdLength: 160,
  /** Event kinds and error codes, in characters. */
  wordLength: 64,
  /** A token, in characters. */
  tokenLength: 4_096,
  /** Addresses of pictures, in characters. */
  urlLength: 2_048,
  /** Events in one page. */
  rangeEvents: 200,
  /** A page of events ends before it grows over this. */
  rangeBytes: 262_144,
  /** Conversations in one page of heads. */
  headsPage: 200,
  /** People in one question for profiles. */
  usersPage: 100,
  /** Watermarks in one frame. */
  marksPage: 100,
  /** Messages in one question for single ones. */
  messagesPage: 100,
  /** People in one page of readers. */
  readersPage: 100,
  /** An emoji, in UTF-16 code units. */
  emojiLength: 32,
  /** Different emoji on one message. */
  emojiPerMessage: 20,
  /** Texts that one message may have had. */
  versions: 100,
  /** Pinned messages of one conversation. */
  pins: 50,
  /** People whose presence one socket may watch. */
  watched: 200,
  /** Devices that the server remembers of one person; those unused for longest go first. */
  devices: 50,
  /** Signed-out devices that it remembers, to refuse them. */
  devicesSignedOut: 200,
  /** Members whose watermarks are told; above this a conversation has no receipts. */
  receiptMembers: 100,
  /** Members of one conversation. */
  members: 1_000,
  /** Sends of one client that may wait for their acknowledgement. */
  sendsInFlight: 8,
  /** Requests of one socket that may wait for their answer. */
  requestsInFlight: 64,
  /** Bad frames that a socket survives. */
  badFrames: 8,
  /**
   * Bytes waiting in one socket from which its reader is a slow one: nothing is added that may be lost
   * or can be asked for. With the page that passes it, half a mebibyte waits at most.
   */
  bufferedBytes: 245_760,
  /** Bytes waiting in one socket from which it is closed: its owner asks on and on and reads nothing. */
  bufferedMostBytes: 1_048_576,
  /** Heartbeats without a word after which the server closes a socket. */
  silentHeartbeats: 3,
  /** Unread counts stop here and read "99+". */
  unreadCap: 100,
} as const;

/** Spans of time, in milliseconds. */
export const TIMES = {
  /** The client pings this often, unless the server wants it more or less often. */
  heartbeatMs: 15_000,
  /** A ping without an answer for this long means that the socket is dead. */
  pongDeadlineMs: 10_000,
  /** A slow reader that has taken nothing in for this long is gone. */
  slowReaderMs: 30_000,
  /** A socket must say hello within this time. */
  helloDeadlineMs: 10_000,
  /** A request without an answer for this long has failed. */
  requestTimeoutMs: 15_000,
  /** A typing notice is repeated this often while the keys move. */
  typingRepeatMs: 3_000,
  /** A typing notice without a repetition ends after this time. */
  typingExpiryMs: 5_000,
  /** Watermarks of one conversation leave at most this often. */
  markIntervalMs: 1_000,
  /** News of presence reach one socket at most this often. */
  presenceIntervalMs: 1_000,
  /** A person without a device stays as they were for this long, so that a reconnect is not seen. */
  presenceGraceMs: 5_000,
  /** Nobody has touched a device for this long: its user is away. */
  awayAfterMs: 300_000,
  /** `seenAt` of a device is exact to this. */
  seenStepMs: 60_000,
} as const;

/** What a server allows unless it says otherwise. */
export const DEFAULT_POLICY: Policy = {
  recallMs: 120_000,
  editMs: 86_400_000,
  deletedMark: true,
  receiptMembers: LIMITS.receiptMembers,
};

/** What one socket may ask for: every request has a price, and the purse fills again with time. */
export const RATES = {
  /** The most that a socket has to spend at once. */
  burst: 3_000,
  perSecond: 200,
  prices: {
    sync: 20,
    range: 1,
    open: 1,
    messages: 5,
    readers: 5,
    'look-up': 1,
    devices: 5,
    'sign-out': 5,
    ping: 1,
  },
} as const;

/** What one socket may tell without an answer; what is over it is dropped in silence. */
export const TELL_RATES = {
  burst: 500,
  perSecond: 50,
  prices: { mark: 1, typing: 1, presence: 1, watch: 20 },
} as const;

/** What one person may send, from all devices together; a setting of the server. */
export const SEND_RATES = { burst: 2_000, perSecond: 100 } as const;

import type { OwnMark, OwnPresence, Platform } from './entities.js';

/** The first frame of a socket. Answered by `ready`, or by `error` and a close. */
export type HelloFrame = {
  readonly type: 'hello';
  readonly id: number;
  readonly version: number;
  readonly token: string;
  /** This installation; the counter of `send` belongs to it. */
  readonly device: string;
  /** What its owner knows it by, such as "Chrome on macOS". */
  readonly label?: string;
  /** Absent means `web`. */
  readonly platform?: Platform;
  /** How it stands until it tells otherwise; absent means `active`. */
  readonly presence?: OwnPresence;
};

/** Appends one event. Answered by `ack` once it is on disk, or by `error`. */
export type SendFrame = {
  readonly type: 'send';
  readonly id: number;
  readonly conversation: string;
  readonly clientId: string;
  /** How many events this device has had accepted in this conversation before: 0, 1, 2 … */
  readonly n: number;
  readonly kind: string;
  readonly body: unknown;
};

/** Asks for the conversations that moved since a cursor ('' = all). Answered by `heads`. */
export type SyncFrame = {
  readonly type: 'sync';
  readonly id: number;
  readonly cursor: string;
};

/** Asks for a piece of a log, next to `after` upwards or next to `before` downwards. Answered by `events`. */
export type RangeFrame = {
  readonly type: 'range';
  readonly id: number;
  readonly conversation: string;
  readonly after?: number;
  readonly before?: number;
  readonly limit: number;
};

/** Asks for one conversation; a one-to-one conversation that is new comes into being. Answered by `head`. */
export type OpenFrame = {
  readonly type: 'open';
  readonly id: number;
  readonly conversation: string;
};

/** Asks for single messages as they stand now. Those that cannot be had are left out of `messages`. */
export type MessagesFrame = {
  readonly type: 'messages';
  readonly id: number;
  readonly conversation: string;
  readonly seqs: readonly number[];
};

/** Asks who has read a message, or who has not, by rising id after `after`. Answered by `readers`. */
export type ReadersFrame = {
  readonly type: 'readers';
  readonly id: number;
  readonly conversation: string;
  readonly seq: number;
  readonly read: boolean;
  readonly after?: string;
};

/** Asks for profiles. Unknown ids are left out of the answer, `users`. */
export type LookUpFrame = {
  readonly type: 'look-up';
  readonly id: number;
  readonly users: readonly string[];
};

/** Tells how far this user has got. Not answered: a lost one is healed by the next. */
export type MarkFrame = {
  readonly type: 'mark';
  readonly marks: readonly OwnMark[];
};

/** Tells that the user is typing, or has stopped. Not answered, never stored. */
export type TypingFrame = {
  readonly type: 'typing';
  readonly conversation: string;
  readonly active: boolean;
};

/** Tells whether somebody is at this device. Not answered. */
export type OwnPresenceFrame = {
  readonly type: 'presence';
  readonly state: OwnPresence;
};

/** Whose presence this socket wants told from now on, in place of those before. Not answered. */
export type WatchFrame = {
  readonly type: 'watch';
  readonly users: readonly string[];
};

/** Asks for the devices of this user. Answered by `devices`. */
export type DevicesFrame = {
  readonly type: 'devices';
  readonly id: number;
};

/** Signs a device of this user out. Answered by `done` once it is on disk. */
export type SignOutFrame = {
  readonly type: 'sign-out';
  readonly id: number;
  readonly device: string;
};

/** The heartbeat. Answered by `pong`. */
export type PingFrame = {
  readonly type: 'ping';
  readonly id: number;
};

export type ClientFrame =
  | HelloFrame
  | SendFrame
  | SyncFrame
  | RangeFrame
  | OpenFrame
  | MessagesFrame
  | ReadersFrame
  | LookUpFrame
  | MarkFrame
  | TypingFrame
  | OwnPresenceFrame
  | WatchFrame
  | DevicesFrame
  | SignOutFrame
  | PingFrame;

export type ClientFrameType = ClientFrame['type'];

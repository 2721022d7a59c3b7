import type {
  Device,
  Digest,
  Head,
  LogEvent,
  Mark,
  Policy,
  Presence,
  Standing,
  User,
} from './entities.js';

/** The token was good; frames may follow. */
export type ReadyFrame = {
  readonly type: 'ready';
  readonly id: number;
  readonly version: number;
  readonly user: User;
  /** Server time, in milliseconds since 1970. */
  readonly now: number;
  readonly heartbeatMs: number;
  /** Absent before version 2. */
  readonly policy?: Policy;
};

/**
 * The event is on disk. On the socket that sent it this frame stands in for the event: it arrives at
 * the event's place among the `events` frames, so a client that has `seq - 1` stores its own event now.
 */
export type AckFrame = {
  readonly type: 'ack';
  readonly id: number;
  readonly conversation: string;
  readonly clientId: string;
  readonly seq: number;
  readonly at: number;
};

/** A request failed (`id` says which), or a frame could not be read at all (no `id`). */
export type ErrorFrame = {
  readonly type: 'error';
  readonly id?: number;
  readonly code: string;
  readonly message: string;
  readonly field?: string;
  readonly retryAfterMs?: number;
};

/** A page of conversations that moved. Ask again with `cursor` while `more`. */
export type HeadsFrame = {
  readonly type: 'heads';
  readonly id: number;
  readonly heads: readonly Head[];
  readonly cursor: string;
  readonly more: boolean;
};

/** One conversation: the answer to `open`, or, without `id`, one that this user has just entered. */
export type HeadFrame = {
  readonly type: 'head';
  readonly id?: number;
  readonly head: Head;
};

/**
 * A contiguous piece of a log: every event from `from` to `to`, both included. Without `id` it has
 * just happened. An empty answer has `to = from - 1`. `trimmed` says that nothing up to and including
 * this `seq` can be had any more, so that a piece that begins right above it leaves no hole.
 */
export type EventsFrame = {
  readonly type: 'events';
  readonly id?: number;
  readonly conversation: string;
  readonly from: number;
  readonly to: number;
  readonly trimmed?: number;
  readonly events: readonly LogEvent[];
};

/** The answer to `messages`. */
export type StandingFrame = {
  readonly type: 'messages';
  readonly id: number;
  readonly conversation: string;
  readonly messages: readonly Standing[];
};

/** The answer to `readers`. */
export type ReadersAnswerFrame = {
  readonly type: 'readers';
  readonly id: number;
  readonly users: readonly User[];
  /** Whether more follow after the last of `users`. */
  readonly more: boolean;
  /** How many of the others have read the message, and how many have not. */
  readonly readCount: number;
  readonly unreadCount: number;
};

export type UsersFrame = {
  readonly type: 'users';
  readonly id: number;
  readonly users: readonly User[];
};

/** Members have got further; the user's own entry comes from another of their devices. Droppable. */
export type MarksFrame = {
  readonly type: 'marks';
  readonly conversation: string;
  readonly marks: readonly Mark[];
};

/** Somebody else is typing, or has stopped. Droppable. */
export type PeerTypingFrame = {
  readonly type: 'typing';
  readonly conversation: string;
  readonly user: string;
  readonly active: boolean;
};

/** How people stand whom this socket watches. Droppable: the latest counts. */
export type PresenceFrame = {
  readonly type: 'presence';
  readonly people: readonly Presence[];
};

/** The user's devices that are not signed out, last seen first. */
export type DeviceListFrame = {
  readonly type: 'devices';
  readonly id: number;
  readonly devices: readonly Device[];
};

/** What was asked for is on disk, and there is nothing to say about it. */
export type DoneFrame = {
  readonly type: 'done';
  readonly id: number;
};

export type PongFrame = {
  readonly type: 'pong';
  readonly id: number;
  readonly now: number;
  readonly digest: Digest;
};

/** The server is about to close the socket, and why. */
export type ByeFrame = {
  readonly type: 'bye';
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number;
};

export type ServerFrame =
  | ReadyFrame
  | AckFrame
  | ErrorFrame
  | HeadsFrame
  | HeadFrame
  | EventsFrame
  | StandingFrame
  | ReadersAnswerFrame
  | UsersFrame
  | MarksFrame
  | PeerTypingFrame
  | PresenceFrame
  | DeviceListFrame
  | DoneFrame
  | PongFrame
  | ByeFrame;

export type ServerFrameType = ServerFrame['type'];

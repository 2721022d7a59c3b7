/** What the frames carry. Data only; every field is required unless marked. */
import type { Changes, ChangeKind } from './changes.js';

export type User = {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl?: string;
};

/** Kinds that this version knows; a newer server may send others, which are kept as they are. */
export type EventKind = 'text' | 'system' | ChangeKind | 'set';

/** The body of an event of kind `text`. */
export type TextBody = { readonly text: string };

/** The body of an event of kind `system`: something happened to the conversation itself. */
export type SystemBody = {
  readonly action: 'created';
  /** Who did it; absent when the site's back end did. */
  readonly by?: string;
  /** The conversation's name at that moment. */
  readonly name?: string;
};

/** One entry of a conversation's log. `seq` counts 1, 2, 3 … without holes. */
export type LogEvent = {
  readonly seq: number;
  /** Server time in milliseconds since 1970; a label for people, never the order. */
  readonly at: number;
  readonly sender: string;
  /** Made by the sending device; unique for a sender within a conversation. */
  readonly clientId: string;
  readonly kind: string;
  /** Opaque to the server, except for its size. */
  readonly body: unknown;
};

/** How far a member has got: everything up to and including these `seq`. */
export type Mark = {
  readonly user: string;
  readonly delivered: number;
  readonly read: number;
};

/** How far this user has got, as told to the server. Merged by maximum. */
export type OwnMark = {
  readonly conversation: string;
  readonly delivered: number;
  readonly read: number;
  /** False keeps `read` from the other members: it moves between the user's own devices only. */
  readonly receipt: boolean;
};

/** A conversation as one member sees it, without its history. */
export type Head = {
  readonly conversation: string;
  /** The name of a group; absent in one-to-one conversations. */
  readonly name?: string;
  readonly avatarUrl?: string;
  readonly memberCount: number;
  readonly lastSeq: number;
  /** Everything up to this `seq` is gone, or was never for this user; absent when nothing is. */
  readonly trimmed?: number;
  /** When the newest event was stored, or the conversation was made. */
  readonly activeAt: number;
  /** The newest message, for the preview. */
  readonly last?: LogEvent;
  /** What has become of that message since; absent when nothing has. */
  readonly lastChanges?: Changes;
  /** Messages that are pinned, in the order in which they were. Absent before version 2. */
  readonly pins?: readonly Pinned[];
  /** This user's own read mark. */
  readonly read: number;
  /** Unread events of others, up to `LIMITS.unreadCap`. */
  readonly unread: number;
  /** The other members' marks; empty above `LIMITS.receiptMembers`. */
  readonly marks: readonly Mark[];
  /** The other members, up to `LIMITS.receiptMembers`, so that names need no second question. */
  readonly people: readonly User[];
};

/** A message that everybody finds on top. */
export type Pinned = { readonly target: number; readonly at: number; readonly by: string };

/** A message as it stands now. */
export type Standing = { readonly event: LogEvent; readonly changes?: Changes };

/** What this server allows. Times in milliseconds; 0 allows it never. */
export type Policy = {
  /** How long after it was stored a message can be taken back. */
  readonly recallMs: number;
  /** How long after it was stored a text can be edited. */
  readonly editMs: number;
  /** Whether a message that was removed for everybody leaves a mark. */
  readonly deletedMark: boolean;
  /** In groups with more members nobody is told who has read what. */
  readonly receiptMembers: number;
};

/** A checksum of all that a user should have: how many conversations, and the sum of their `lastSeq`. */
export type Digest = {
  readonly conversations: number;
  readonly seqs: number;
  /** The sum of `trimmed`; absent for 0. */
  readonly trimmed?: number;
};

/** What a device is; the server may allow so many of each. */
export type Platform = 'web' | 'mobile' | 'desktop' | 'bot';

/** An installation that a user has signed in with. */
export type Device = {
  readonly id: string;
  readonly label?: string;
  readonly platform: Platform;
  readonly createdAt: number;
  /** When it was last connected, to within a minute. */
  readonly seenAt: number;
  readonly online: boolean;
  /** Whether it is the one that asks. */
  readonly current: boolean;
};

/** How a device stands. Of a hidden one nobody hears. */
export type OwnPresence = 'active' | 'away' | 'hidden';

/** Whether a person can be reached now, by the best of their devices. */
export type Presence = {
  readonly user: string;
  readonly state: 'online' | 'away' | 'offline';
  /** When the person was last seen; absent while online or away, and where it is not told. */
  readonly seenAt?: number;
};

/**
 * What the server needs remembered. The core is the only writer, and it keeps no state of its own
 * that a crash may lose: whatever `append` has resolved is on disk.
 */
import type { Changes } from '../../../src/protocol/changes.js';
import type { LogEvent, Pinned, Platform, Standing, User } from '../../../src/protocol/entities.js';
import type { ConversationKind } from '../../../src/protocol/ids.js';

export type StoredConversation = {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly lastSeq: number;
  /** The newest event that is a message; 0 before the first. */
  readonly messageSeq: number;
  /** Events up to this `seq` have been removed, all later ones are there. */
  readonly trimmed: number;
  /** When the newest message was stored, or the conversation was made. */
  readonly activeAt: number;
  /** Raised by every change that a member must hear of; the sync cursor counts in it. */
  readonly revision: number;
};

export type StoredMember = {
  readonly user: string;
  /** The member sees events with a greater `seq`. */
  readonly joinedSeq: number;
  readonly delivered: number;
  /** The user's own read mark. */
  readonly read: number;
  /** The read mark as the others may know it. */
  readonly receipt: number;
};

/** One event to append. `seq`, `n` and rights are already decided by the core. */
export type NewEvent = {
  readonly conversation: string;
  readonly event: LogEvent;
  /** `event.body` as JSON, so that it is written down once. */
  readonly bodyJson: string;
  /** The sending device and its counter, absent for events of the system. */
  readonly device: string | undefined;
  readonly n: number;
  readonly revision: number;
};

export type NewConversation = {
  /** As it is before its first event. */
  readonly conversation: StoredConversation;
  readonly members: readonly string[];
};

export type MarkUpdate = {
  readonly conversation: string;
  readonly user: string;
  readonly delivered: number;
  readonly read: number;
  readonly receipt: number;
  readonly revision: number;
};

/** A device has had sends answered that made no event: its counter goes on all the same. */
export type CounterUpdate = {
  readonly conversation: string;
  readonly user: string;
  readonly device: string;
  /** The next `n` that the device may use; a counter never falls, whatever else is in the commit. */
  readonly next: number;
};

/** An installation that a person has signed in with. */
export type StoredDevice = {
  readonly id: string;
  readonly label: string | undefined;
  readonly platform: Platform;
  readonly createdAt: number;
  readonly seenAt: number;
  /** Its person is told as offline while there is no other device. */
  readonly hidden: boolean;
  readonly signedOutAt: number | undefined;
};

/** A device has been seen. Of one that is known, `createdAt` and the signing out stay as they are. */
export type DeviceUpdate = Omit<StoredDevice, 'signedOutAt'> & { readonly user: string };

export type SignOut = { readonly user: string; readonly device: string; readonly at: number };

/** Tokens of `user` that were issued before this count no more. It never falls. */
export type Revocation = { readonly user: string; readonly before: number };

/** What has become of a message, in place of what was known. */
export type ChangeUpdate = {
  readonly conversation: string;
  readonly target: number;
  readonly changes: Changes;
};

/** Events whose bodies are taken away: `null` stands in their place from now on. */
export type Blank = { readonly conversation: string; readonly seqs: readonly number[] };

/** The oldest events of a conversation go. */
export type Trim = {
  readonly conversation: string;
  /** Above that of before, and below `messageSeq`: the newest message stays. */
  readonly upTo: number;
  /** Who has sent removed events from before this moment, and under what id, goes as well. */
  readonly forgetBefore: number;
  readonly revision: number;
};

/** One durable transaction: all of it is on disk when the promise resolves, or none. */
export type Commit = {
  readonly users?: readonly User[];
  readonly conversations?: readonly NewConversation[];
  readonly events?: readonly NewEvent[];
  readonly changes?: readonly ChangeUpdate[];
  readonly blanks?: readonly Blank[];
  readonly counters?: readonly CounterUpdate[];
  readonly marks?: readonly MarkUpdate[];
  readonly devices?: readonly DeviceUpdate[];
  readonly signOuts?: readonly SignOut[];
  /** Devices of which nothing is to be kept. */
  readonly forgotten?: readonly { readonly user: string; readonly device: string }[];
  readonly revocations?: readonly Revocation[];
  readonly trims?: readonly Trim[];
};

/** A conversation as found in a member's list. */
export type StoredHead = {
  readonly conversation: StoredConversation;
  readonly member: StoredMember;
  readonly memberCount: number;
  /** The newest message. */
  readonly last: Standing | undefined;
};

/** What is remembered of devices, and who may hear of whom. */
export interface DeviceStore {
  /** All devices of a person, those that are signed out as well; last seen first. */
  of(user: string): Promise<readonly StoredDevice[]>;
  one(user: string, id: string): Promise<StoredDevice | undefined>;
  /** Tokens issued before this moment count no more; 0 for a person whose tokens all count. */
  revokedBefore(user: string): Promise<number>;
  /** When each of `users` was last seen on a device that is not hidden. */
  lastSeen(users: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Those of `others` who share a conversation with `user`. */
  acquainted(user: string, others: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What the digest of a user is made of. */
export type Totals = {
  readonly conversations: number;
  /** The sum of `lastSeq`. */
  readonly seqs: number;
  /** The sum of what the user cannot see at the beginning of each log. */
  readonly trimmed: number;
};

export type Stale = {
  readonly conversations: readonly StoredConversation[];
  readonly next: string | undefined;
};

export interface Store {
  readonly devices: DeviceStore;

  /**
   * @throws ImError `server/store-unavailable` when the disk refuses, `message/id-reused` when an
   *  event's sender has used its client id in that conversation before, `request/invalid` when a
   *  kind, a name or an address has NUL or half of a surrogate pair; nothing of it was kept.
   */
  commit(commit: Commit): Promise<void>;

  /** Writes a little and waits until it is on disk. @throws ImError `server/store-unavailable` */
  probe(): Promise<void>;
  /** The highest revision ever committed, 0 in a new store. */
  revision(): Promise<number>;
  users(ids: readonly string[]): Promise<readonly User[]>;
  conversation(id: string): Promise<StoredConversation | undefined>;
  members(conversation: string): Promise<readonly StoredMember[]>;
  /** Conversations of `user` whose revision is greater than `after`, by rising revision. */
  heads(user: string, after: number, limit: number): Promise<readonly StoredHead[]>;
  /** Count and sums over the user's conversations. */
  digest(user: string): Promise<Totals>;
  /** Events with `after < seq <= upTo`, rising, at most `limit`. */
  range(
    conversation: string,
    after: number,
    upTo: number,
    limit: number,
  ): Promise<readonly LogEvent[]>;
  /** Events as they stand now, by rising `seq`; unknown ones are left out. */
  standing(conversation: string, seqs: readonly number[]): Promise<readonly Standing[]>;
  /** Pinned messages, in the order in which they were pinned. */
  pins(conversation: string): Promise<readonly Pinned[]>;
  /** Events of others with `after < seq <= upTo`, without `QUIET_KINDS`, counted up to `cap`. */
  unread(
    conversation: string,
    user: string,
    after: number,
    upTo: number,
    cap: number,
  ): Promise<number>;
  /**
   * Looks at `limit` one-to-one conversations and groups, those after the id `after` in the order of
   * ids. Gives those whose oldest event is from before `at` and older than the newest message, and the id to go
   * on after, undefined at the end.
   */
  stale(at: number, after: string, limit: number): Promise<Stale>;
  /** The next `n` that a device may use in a conversation: 0 for a device never seen. */
  nextN(conversation: string, user: string, device: string): Promise<number>;
  /**
   * The event that a sender has made under a client id. Of one that has been removed its place is still
   * known for a time; its `body` is `null`.
   */
  find(conversation: string, sender: string, clientId: string): Promise<LogEvent | undefined>;
  close(): Promise<void>;
}

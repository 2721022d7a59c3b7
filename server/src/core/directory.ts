/**
 * What the core keeps in memory of people and conversations. Only the core writes to the store, so
 * what is here is as true as the store itself; what is not here is read, and the longest unused goes
 * first. A conversation is in memory at most once: whoever waits while holding one pins it.
 */
import type { Pinned, User } from '../../../src/protocol/entities.js';
import type { ConversationKind } from '../../../src/protocol/ids.js';
import type { Store, StoredConversation, StoredMember } from '../store/store.js';
import { Targets } from './changes/targets.js';

const MOST_PEOPLE = 50_000;
/** Members of all conversations in memory together; a member takes about 150 bytes. */
const MOST_MEMBERS = 400_000;

/** How many events a device has had accepted in a conversation. */
export type Counter = {
  /** On disk. */
  next: number;
  /** With the commit that is being put together. */
  draft: number;
};

export type Member = {
  readonly user: string;
  readonly joinedSeq: number;
  delivered: number;
  read: number;
  receipt: number;
  /** By device, of those that have sent since the conversation came into memory. */
  counters: Map<string, Counter> | undefined;
};

export type Room = {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name: string | undefined;
  readonly avatarUrl: string | undefined;
  readonly members: Map<string, Member>;
  /** On disk. */
  lastSeq: number;
  /** Events up to this `seq` have been removed from the disk. */
  trimmed: number;
  /** With the commit that is being put together. */
  draftTrimmed: number;
  /** With the commit that is being put together. */
  draftSeq: number;
  /** The newest message on disk. */
  messageSeq: number;
  activeAt: number;
  /** When the newest event was stored. */
  lastAt: number;
  /** Pinned messages on disk, in the order in which they were pinned. */
  pinned: readonly Pinned[];
  /** How many are pinned with the commit that is being put together. */
  draftPins: number;
  readonly targets: Targets;
  /** Above 0 the room stays in memory. */
  pins: number;
  /** Used since the last look for rooms to drop. */
  touched: boolean;
};

export function makeRoom(
  stored: StoredConversation,
  members: readonly StoredMember[],
  pinned: readonly Pinned[] = [],
  lastAt: number = stored.activeAt,
): Room {
  const { id, kind, name, avatarUrl, lastSeq, trimmed, messageSeq, activeAt } = stored;
  return {
    id,
    kind,
    name,
    avatarUrl,
    members: new Map(members.map((member) => [member.user, { ...member, counters: undefined }])),
    lastSeq,
    trimmed,
    draftTrimmed: trimmed,
    draftSeq: lastSeq,
    messageSeq,
    activeAt,
    lastAt,
    pinned,
    draftPins: pinned.length,
    targets: new Targets(),
    pins: 0,
    touched: true,
  };
}

export class Directory {
  readonly #store: Store;
  readonly #people = new Map<string, User>();
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Promise<Room | undefined>>();
  #memberCount = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** The conversation if it is in memory. */
  resident(id: string): Room | undefined {
    const room = this.#rooms.get(id);
    if (room) room.touched = true;
    return room;
  }

  /** The conversation, or undefined when there is none. Pin it before waiting for anything else. */
  async room(id: string): Promise<Room | undefined> {
    const resident = this.resident(id);
    if (resident) return resident;
    let loading = this.#loading.get(id);
    if (!loading) {
      loading = this.#load(id).finally(() => this.#loading.delete(id));
      this.#loading.set(id, loading);
    }
    return loading;
  }

  /** Takes in a conversation that is on disk, unless it is in memory: what comes back is the one to use. */
  admit(room: Room): Room {
    const resident = this.#rooms.get(room.id);
    if (resident) return resident;
    this.#rooms.set(room.id, room);
    this.#memberCount += room.members.size;
    if (this.#memberCount > MOST_MEMBERS) this.#dropUnused();
    return room;
  }

  /** The counter of a device that `member` sends from. The caller holds a pin. */
  async counter(room: Room, member: Member, device: string): Promise<Counter> {
    const next = await this.#store.nextN(room.id, member.user, device);
    member.counters ??= new Map();
    // Another socket of the same device may have been quicker, and may have sent since.
    let counter = member.counters.get(device);
    if (!counter) {
      counter = { next, draft: next };
      member.counters.set(device, counter);
    }
    return counter;
  }

  /** The profile if it is in memory. */
  known(id: string): User | undefined {
    return this.#people.get(id);
  }

  /** Profiles by id; unknown ids are left out. */
  async people(ids: Iterable<string>): Promise<Map<string, User>> {
    const found = new Map<string, User>();
    const missing: string[] = [];
    for (const id of ids) {
      const user = this.#people.get(id);
      if (user) found.set(id, user);
      else missing.push(id);
    }
    if (missing.length === 0) return found;
    for (const user of await this.#store.users(missing)) {
      this.learn(user);
      found.set(user.id, user);
    }
    return found;
  }

  /** Takes in a profile that is on disk. */
  learn(user: User): void {
    this.#people.set(user.id, user);
    if (this.#people.size <= MOST_PEOPLE) return;
    for (const id of this.#people.keys()) {
      this.#people.delete(id);
      return;
    }
  }

  async #load(id: string): Promise<Room | undefined> {
    // First alone: what came into being while the store was asked would have no members.
    const stored = await this.#store.conversation(id);
    if (!stored) return this.resident(id);
    const { lastSeq, activeAt } = stored;
    const [members, pinned, [newest]] = await Promise.all([
      this.#store.members(id),
      this.#store.pins(id),
      this.#store.range(id, lastSeq - 1, lastSeq, 1),
    ]);
    return this.admit(makeRoom(stored, members, pinned, newest?.at ?? activeAt));
  }

  #dropUnused(): void {
    let looks = this.#rooms.size;
    for (const [id, room] of this.#rooms) {
      if (this.#memberCount <= MOST_MEMBERS || looks-- === 0) return;
      this.#rooms.delete(id);
      if (room.pins > 0 || room.touched) {
        // Behind the others, and gone the next time unless it is used in between.
        room.touched = false;
        this.#rooms.set(id, room);
      } else {
        this.#memberCount -= room.members.size;
      }
    }
  }
}

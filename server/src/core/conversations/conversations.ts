/** Finds conversations for those who may see them, and makes new ones. */
import type { Policy, User } from '../../../../src/protocol/entities.js';
import { c2cPeer, c2cPeople, selfId, type ConversationKind } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import type { Store } from '../../store/store.js';
import { makeRoom, type Directory, type Member, type Room } from '../directory.js';
import { headFrame } from '../frames.js';
import type { Hub } from '../hub.js';
import type { Draft, Journal, Work } from '../log/journal.js';
import { describe } from '../log/sync.js';

export type Place = { readonly room: Room; readonly member: Member };

export type ConversationsOptions = {
  readonly store: Store;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly hub: Hub;
  /** Members have met. */
  readonly onMade: (members: ReadonlySet<string>) => void;
  readonly policy: Policy;
};

export type Making = {
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name?: string;
  readonly avatarUrl?: string;
  /** The profiles of all members. */
  readonly people: ReadonlyMap<string, User>;
  /** Makes the work of the first event, part of the same commit. */
  readonly first?: (room: Room) => Work;
};

/** Absent and forbidden look the same from outside. */
export function notFound(): ImError {
  return new ImError('conversation/not-found', 'There is no such conversation.');
}

export class Conversations {
  readonly #options: ConversationsOptions;
  readonly #making = new Map<string, Promise<Room>>();

  constructor(options: ConversationsOptions) {
    this.#options = options;
  }

  /** Where `user` stands in a conversation that is in memory. */
  resident(id: string, user: string): Place | undefined {
    const room = this.#options.directory.resident(id);
    const member = room?.members.get(user);
    return room && member && { room, member };
  }

  /** Where `user` stands in a conversation, or undefined when it does not exist or is not theirs. */
  async place(id: string, user: string): Promise<Place | undefined> {
    const room = await this.#options.directory.room(id);
    const member = room?.members.get(user);
    return room && member && { room, member };
  }

  /** @throws ImError `conversation/not-found` when it does not exist or is not for `user`. */
  async find(id: string, user: string): Promise<Place> {
    const place = await this.place(id, user);
    if (!place) throw notFound();
    return place;
  }

  /** Like `find`, but the own log, and a conversation with somebody who exists, come into being. */
  async open(id: string, user: string): Promise<Place> {
    const room = await this.#options.directory.room(id);
    if (!room && c2cPeer(id, user) !== undefined) await this.pair(id);
    if (!room && id === selfId(user)) await this.#own(id, user);
    return this.find(id, user);
  }

  async #own(id: string, user: string): Promise<Room> {
    return this.#make({ id, kind: 'self', people: await this.#options.directory.people([user]) });
  }

  /** The one-to-one conversation of that id. @throws ImError `conversation/not-found`. */
  async pair(id: string): Promise<Room> {
    const found = await this.#options.directory.room(id);
    if (found) return found;
    const people = await this.#options.directory.people(c2cPeople(id) ?? []);
    if (people.size < 2) throw notFound();
    return this.#make({ id, kind: 'c2c', people });
  }

  /**
   * Makes a conversation that is not there yet.
   *
   * @throws ImError `request/invalid` when it is, or is being made.
   */
  async makeNew(making: Making): Promise<Room> {
    const { id } = making;
    const found = await this.#options.directory.room(id);
    // Asked again without a pause: another call may have been quicker while the store was read.
    if (!found && !this.#making.has(id) && !this.#options.directory.resident(id)) {
      return this.#make(making);
    }
    throw new ImError('request/invalid', 'A group of this id exists.', { field: 'id' });
  }

  /** Makes a conversation and shows it to its members. Two calls at once make one. */
  #make(making: Making): Promise<Room> {
    const { id } = making;
    let made = this.#making.get(id);
    if (!made) {
      made = new Promise<Room>((resolve, reject) => {
        this.#options.journal.add(new Make(making, this.#options, resolve, reject));
      }).finally(() => this.#making.delete(id));
      this.#making.set(id, made);
    }
    return made;
  }
}

class Make implements Work {
  readonly #making: Making;
  readonly #options: ConversationsOptions;
  readonly #resolve: (room: Room) => void;
  readonly #reject: (error: ImError) => void;
  #room: Room | undefined;
  #first: Work | undefined;

  constructor(
    making: Making,
    options: ConversationsOptions,
    resolve: (room: Room) => void,
    reject: (error: ImError) => void,
  ) {
    this.#making = making;
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  prepare(draft: Draft): 'commit' | 'skip' {
    const { id, kind, name, avatarUrl, people, first } = this.#making;
    const resident = this.#options.directory.resident(id);
    if (resident) {
      this.#resolve(resident);
      return 'skip';
    }
    const members = [...people.keys()];
    const revision = ++draft.revision;
    const stored = {
      ...{ id, kind, name, avatarUrl, revision },
      ...{ lastSeq: 0, messageSeq: 0, trimmed: 0, activeAt: draft.now },
    };
    const marks = { joinedSeq: 0, delivered: 0, read: 0, receipt: 0 };
    const room = makeRoom(
      stored,
      members.map((user) => ({ user, ...marks })),
    );
    draft.conversations.push({ conversation: stored, members });
    this.#room = room;
    this.#first = first?.(room);
    this.#first?.prepare(draft);
    return 'commit';
  }

  committed(): void {
    if (!this.#room) return;
    const { people } = this.#making;
    const { lastSeq, activeAt } = this.#room;
    const progress = { lastSeq, activeAt, last: undefined, unread: 0 };
    for (const member of this.#room.members.values()) {
      const outlets = this.#options.hub.outlets(member.user);
      if (outlets.length === 0) continue;
      const text = headFrame(describe(this.#room, member, progress, people, this.#options.policy));
      for (const outlet of outlets) outlet.tell(this.#making.id, text);
    }
    this.#first?.committed();
    this.#options.onMade(new Set(people.keys()));
    this.#resolve(this.#options.directory.admit(this.#room));
  }

  undo(): void {
    this.#first?.undo();
  }

  failed(error: ImError): void {
    this.#first?.failed(error);
    this.#reject(error);
  }
}

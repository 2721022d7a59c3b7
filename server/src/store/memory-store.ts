/**
 * A store without a disk: for pages, stories and tests. What `commit` has taken lasts as long as the
 * object. Every answer is a copy of the list it came from, so that no caller sees a later change.
 */
import { isMessageKind, QUIET_KINDS } from '../../../src/protocol/changes.js';
import type { LogEvent, Pinned, Standing, User } from '../../../src/protocol/entities.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { attempt } from './attempt.js';
import { checkTexts } from './check-texts.js';
import { pair, standingOf, trimShelf, type Shelf } from './memory-shelf.js';
import { MemoryDevices } from './memory-devices.js';
import { toPinned } from './pinned.js';
import type {
  Blank,
  Commit,
  MarkUpdate,
  NewConversation,
  NewEvent,
  Stale,
  Store,
  StoredConversation,
  StoredHead,
  StoredMember,
  Totals,
  Trim,
} from './store.js';

export class MemoryStore implements Store {
  readonly devices: MemoryDevices = new MemoryDevices((user, other) => this.#share(user, other));
  readonly #users = new Map<string, User>();
  readonly #shelves = new Map<string, Shelf>();
  readonly #shelvesOf = new Map<string, Set<Shelf>>();
  #revision = 0;

  commit(commit: Commit): Promise<void> {
    return attempt(() => {
      checkTexts(commit);
      const { users, conversations, events, changes, blanks } = commit;
      const { counters, marks, trims } = commit;
      this.#check(conversations ?? [], events ?? []);
      for (const user of users ?? []) this.#users.set(user.id, user);
      for (const made of conversations ?? []) this.#add(made);
      for (const made of events ?? []) this.#append(made);
      for (const { conversation, target, changes: state } of changes ?? []) {
        this.#shelf(conversation).changes.set(target, state);
      }
      for (const blank of blanks ?? []) this.#blank(blank);
      for (const { conversation, user, device, next } of counters ?? []) {
        this.#count(this.#shelf(conversation), user, device, next);
      }
      for (const update of marks ?? []) this.#mark(update);
      this.devices.commit(commit);
      for (const trim of trims ?? []) this.#trim(trim);
    });
  }

  probe(): Promise<void> {
    return attempt(() => {
      // There is always room.
    });
  }

  revision(): Promise<number> {
    return attempt(() => {
      return this.#revision;
    });
  }

  users(ids: readonly string[]): Promise<readonly User[]> {
    return attempt(() => {
      return ids.flatMap((id) => this.#users.get(id) ?? []);
    });
  }

  conversation(id: string): Promise<StoredConversation | undefined> {
    return attempt(() => {
      return this.#shelves.get(id)?.conversation;
    });
  }

  members(conversation: string): Promise<readonly StoredMember[]> {
    return attempt(() => {
      return [...(this.#shelves.get(conversation)?.members.values() ?? [])];
    });
  }

  heads(user: string, after: number, limit: number): Promise<readonly StoredHead[]> {
    return attempt(() => {
      return [...(this.#shelvesOf.get(user) ?? [])]
        .filter(({ conversation }) => conversation.revision > after)
        .sort((one, other) => one.conversation.revision - other.conversation.revision)
        .slice(0, limit)
        .flatMap((shelf) => {
          const { conversation, members } = shelf;
          const member = members.get(user);
          const last = standingOf(shelf, conversation.messageSeq);
          return member ? { conversation, member, memberCount: members.size, last } : [];
        });
    });
  }

  digest(user: string): Promise<Totals> {
    return attempt(() => {
      const shelves = this.#shelvesOf.get(user) ?? new Set();
      const totals = { conversations: shelves.size, seqs: 0, trimmed: 0 };
      for (const { conversation, members } of shelves) {
        totals.seqs += conversation.lastSeq;
        totals.trimmed += Math.max(conversation.trimmed, members.get(user)?.joinedSeq ?? 0);
      }
      return totals;
    });
  }

  range(
    conversation: string,
    after: number,
    upTo: number,
    limit: number,
  ): Promise<readonly LogEvent[]> {
    return attempt(() => {
      const shelf = this.#shelves.get(conversation);
      if (!shelf) return [];
      const { trimmed } = shelf.conversation;
      const from = Math.max(after - trimmed, 0);
      return shelf.log.slice(from, Math.max(from, Math.min(upTo - trimmed, from + limit)));
    });
  }

  standing(conversation: string, seqs: readonly number[]): Promise<readonly Standing[]> {
    return attempt(() => {
      const shelf = this.#shelves.get(conversation);
      const rising = [...seqs].sort((one, other) => one - other);
      return shelf ? rising.flatMap((seq) => standingOf(shelf, seq) ?? []) : [];
    });
  }

  pins(conversation: string): Promise<readonly Pinned[]> {
    return attempt(() => toPinned([...(this.#shelves.get(conversation)?.changes ?? [])]));
  }

  unread(
    conversation: string,
    user: string,
    after: number,
    upTo: number,
    cap: number,
  ): Promise<number> {
    return attempt(() => {
      const { log = [], conversation: stored } = this.#shelves.get(conversation) ?? {};
      let count = 0;
      for (let index = Math.max(after - (stored?.trimmed ?? 0), 0); count < cap; index++) {
        const event = log[index];
        if (!event || event.seq > upTo) break;
        if (event.sender !== user && !QUIET_KINDS.includes(event.kind)) count++;
      }
      return count;
    });
  }

  stale(at: number, after: string, limit: number): Promise<Stale> {
    return attempt(() => {
      const ids = [...this.#shelves.keys()].filter((id) => id > after && /^(c2c|group):/.test(id));
      const looked = ids.sort().slice(0, limit);
      const conversations = looked.flatMap((id) => {
        const { conversation, log } = this.#shelf(id);
        const [oldest] = log;
        const isStale = oldest && oldest.at < at && oldest.seq < conversation.messageSeq;
        return isStale ? [conversation] : [];
      });
      return { conversations, next: looked.length < limit ? undefined : looked.at(-1) };
    });
  }

  nextN(conversation: string, user: string, device: string): Promise<number> {
    return attempt(() => {
      return this.#shelves.get(conversation)?.counters.get(pair(user, device)) ?? 0;
    });
  }

  find(conversation: string, sender: string, clientId: string): Promise<LogEvent | undefined> {
    return attempt(() => {
      const shelf = this.#shelves.get(conversation);
      const seq = shelf?.clientIds.get(pair(sender, clientId));
      if (seq === undefined || !shelf) return;
      return shelf.former.get(seq) ?? standingOf(shelf, seq)?.event;
    });
  }

  close(): Promise<void> {
    return attempt(() => {
      // There is nothing to let go of.
    });
  }

  /** Refuses before the first change, so that a refused commit leaves no trace. */
  #check(conversations: readonly NewConversation[], events: readonly NewEvent[]): void {
    for (const { conversation } of conversations) {
      if (this.#shelves.has(conversation.id)) {
        throw new Error(`The conversation ${conversation.id} exists.`);
      }
    }
    const fresh = new Set<string>();
    for (const { conversation, event } of events) {
      const key = pair(event.sender, event.clientId);
      const freshKey = pair(conversation, key);
      if (this.#shelves.get(conversation)?.clientIds.has(key) || fresh.has(freshKey)) {
        throw new ImError('message/id-reused', 'The client id names another message already.');
      }
      fresh.add(freshKey);
    }
  }

  #add({ conversation, members }: NewConversation): void {
    const shelf: Shelf = {
      conversation,
      members: new Map(),
      log: [],
      clientIds: new Map(),
      former: new Map(),
      changes: new Map(),
      counters: new Map(),
    };
    this.#shelves.set(conversation.id, shelf);
    for (const user of members) {
      shelf.members.set(user, { user, joinedSeq: 0, delivered: 0, read: 0, receipt: 0 });
      const shelves = this.#shelvesOf.get(user);
      if (shelves) shelves.add(shelf);
      else this.#shelvesOf.set(user, new Set([shelf]));
    }
    this.#revision = Math.max(this.#revision, conversation.revision);
  }

  #append({ conversation, event, device, n, revision }: NewEvent): void {
    const shelf = this.#shelf(conversation);
    shelf.log.push(event);
    shelf.clientIds.set(pair(event.sender, event.clientId), event.seq);
    if (device !== undefined) this.#count(shelf, event.sender, device, n + 1);
    shelf.conversation = {
      ...shelf.conversation,
      lastSeq: event.seq,
      ...(isMessageKind(event.kind) && { messageSeq: event.seq, activeAt: event.at }),
      revision,
    };
    this.#revision = revision;
  }

  #blank({ conversation, seqs }: Blank): void {
    const { log, conversation: stored } = this.#shelf(conversation);
    for (const seq of seqs) {
      const index = seq - stored.trimmed - 1;
      const event = log[index];
      if (event) log[index] = { ...event, body: null };
    }
  }

  #count({ counters }: Shelf, user: string, device: string, next: number): void {
    const key = pair(user, device);
    counters.set(key, Math.max(next, counters.get(key) ?? 0));
  }

  #mark({ conversation, user, delivered, read, receipt, revision }: MarkUpdate): void {
    const shelf = this.#shelf(conversation);
    const member = shelf.members.get(user);
    if (!member) throw new Error(`${user} is no member of ${conversation}.`);
    shelf.members.set(user, { ...member, delivered, read, receipt });
    shelf.conversation = { ...shelf.conversation, revision };
    this.#revision = revision;
  }

  #share(user: string, other: string): boolean {
    return [...(this.#shelvesOf.get(user) ?? [])].some(({ members }) => members.has(other));
  }

  #trim(trim: Trim): void {
    const shelf = this.#shelf(trim.conversation);
    trimShelf(shelf, trim);
    this.#revision = trim.revision;
  }

  #shelf(conversation: string): Shelf {
    const shelf = this.#shelves.get(conversation);
    if (!shelf) throw new Error(`There is no conversation ${conversation}.`);
    return shelf;
  }
}

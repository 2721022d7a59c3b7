/** What a client asks for to catch up: heads of conversations, then pieces of their logs. */
import type { Head, LogEvent, Mark, User } from '../../../src/protocol/entities.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import type { HeadsFrame } from '../../../src/protocol/server-frames.js';
import type { Store } from '../store/store.js';
import type { Directory, Member, Room } from './directory.js';
import { byteLength, eventsFrame, eventText } from './frames.js';

/** Where a conversation stands: taken in one moment, so that the counts of a head agree. */
export type Standing = {
  readonly lastSeq: number;
  readonly activeAt: number;
  readonly last: LogEvent | undefined;
  readonly unread: number;
};

/** The members whose marks and names `viewer` is told. */
function others(room: Room, viewer: string): readonly Member[] {
  const found: Member[] = [];
  for (const member of room.members.values()) {
    if (member.user === viewer) continue;
    if (found.length === LIMITS.receiptMembers) break;
    found.push(member);
  }
  return found;
}

/** Whether the members' marks are told at all. */
export function hasReceipts(room: Room): boolean {
  return room.members.size <= LIMITS.receiptMembers;
}

function otherMarks(room: Room, viewer: string): readonly Mark[] {
  if (!hasReceipts(room)) return [];
  return others(room, viewer)
    .filter(({ delivered, receipt }) => delivered > 0 || receipt > 0)
    .map(({ user, delivered, receipt }) => ({ user, delivered, read: receipt }));
}

/** A conversation as `member` sees it. `people` has the profiles of its members. */
export function describe(
  room: Room,
  member: Member,
  standing: Standing,
  people: ReadonlyMap<string, User>,
): Head {
  const { lastSeq, activeAt, last, unread } = standing;
  return {
    conversation: room.id,
    ...(room.name === undefined ? {} : { name: room.name }),
    ...(room.avatarUrl === undefined ? {} : { avatarUrl: room.avatarUrl }),
    memberCount: room.members.size,
    lastSeq,
    activeAt,
    ...(last === undefined ? {} : { last }),
    read: member.read,
    unread,
    marks: otherMarks(room, member.user),
    people: others(room, member.user).flatMap(({ user }) => people.get(user) ?? []),
  };
}

/** The texts of as many events as fit, from the first on. */
function fitting(events: readonly LogEvent[]): string[] {
  const texts: string[] = [];
  let bytes = 0;
  for (const event of events) {
    const text = eventText(event, JSON.stringify(event.body));
    bytes += byteLength(text) + 1;
    if (texts.length > 0 && bytes > LIMITS.rangeBytes) break;
    texts.push(text);
  }
  return texts;
}

export class Sync {
  readonly #store: Store;
  readonly #directory: Directory;

  constructor(store: Store, directory: Directory) {
    this.#store = store;
    this.#directory = directory;
  }

  /** A page of the conversations of `user` that have moved since `cursor`. */
  async heads(user: string, cursor: string): Promise<Omit<HeadsFrame, 'type' | 'id'>> {
    const after = await this.#position(cursor);
    const page = await this.#store.heads(user, after, LIMITS.headsPage + 1);
    const heads: Head[] = [];
    let bytes = 0;
    let end = after;
    for (const { conversation, member, last } of page.slice(0, LIMITS.headsPage)) {
      const { id, lastSeq, activeAt } = conversation;
      const room = await this.#directory.room(id);
      const own = room?.members.get(user);
      if (!room || !own) continue;
      const head = await this.#head(room, { ...own, read: member.read }, lastSeq, activeAt, last);
      bytes += byteLength(JSON.stringify(head));
      if (heads.length > 0 && bytes > LIMITS.rangeBytes) break;
      heads.push(head);
      end = conversation.revision;
    }
    return { heads, cursor: String(end), more: heads.length < page.length };
  }

  /** One conversation as it stands now. */
  async head(room: Room, member: Member): Promise<Head> {
    const { lastSeq, activeAt } = room;
    const [last] = await this.#store.range(room.id, lastSeq - 1, lastSeq, 1);
    return this.#head(room, member, lastSeq, activeAt, last);
  }

  /** The newest event as the frame that tells of it. */
  async newest({ id, lastSeq }: Room): Promise<string | undefined> {
    const [last] = await this.#store.range(id, lastSeq - 1, lastSeq, 1);
    return last && eventsFrame(id, last.seq, [eventText(last, JSON.stringify(last.body))]);
  }

  /** The `events` frame that answers a question for a piece of a log. */
  async range(
    id: number,
    room: Room,
    { joinedSeq }: Member,
    place: { readonly after: number } | { readonly before: number },
    most: number,
  ): Promise<string> {
    const limit = Math.min(most, LIMITS.rangeEvents);
    if ('after' in place) {
      const after = Math.max(Math.min(place.after, room.lastSeq), joinedSeq);
      const events = await this.#store.range(room.id, after, room.lastSeq, limit);
      return eventsFrame(room.id, after + 1, fitting(events), id);
    }
    const upTo = Math.max(Math.min(place.before - 1, room.lastSeq), joinedSeq);
    const after = Math.max(joinedSeq, upTo - limit);
    const events = await this.#store.range(room.id, after, upTo, limit);
    const texts = fitting([...events].reverse()).reverse();
    return eventsFrame(room.id, upTo - texts.length + 1, texts, id);
  }

  async #head(
    room: Room,
    member: Member,
    lastSeq: number,
    activeAt: number,
    last: LogEvent | undefined,
  ): Promise<Head> {
    const { id } = room;
    const { user, joinedSeq, read } = member;
    const [people, unread] = await Promise.all([
      this.#directory.people(others(room, user).map((other) => other.user)),
      read >= lastSeq
        ? 0
        : this.#store.unread(id, user, Math.max(read, joinedSeq), lastSeq, LIMITS.unreadCap),
    ]);
    return describe(room, member, { lastSeq, activeAt, last, unread }, people);
  }

  /** A cursor of the future comes from a store that has been put back: everything may be new then. */
  async #position(cursor: string): Promise<number> {
    if (cursor === '') return 0;
    if (!/^\d{1,15}$/.test(cursor)) {
      throw new ImError('request/invalid', 'The cursor is none of this server.', {
        field: 'cursor',
      });
    }
    const position = Number(cursor);
    return position > (await this.#store.revision()) ? 0 : position;
  }
}

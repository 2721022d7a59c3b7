/** What a client asks for to catch up: heads of conversations, then pieces of their logs. */
import type { RangeFrame } from '../../../../src/protocol/client-frames.js';
import type {
  Digest,
  Head,
  LogEvent,
  Mark,
  Policy,
  Standing,
  User,
} from '../../../../src/protocol/entities.js';
import { selfId, SYSTEM_USER } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { HeadsFrame } from '../../../../src/protocol/server-frames.js';
import type { Journal } from './journal.js';
import type { Store } from '../../store/store.js';
import type { Directory, Member, Room } from '../directory.js';
import { byteLength, eventsFrame, eventText } from '../frames.js';

/** How far a conversation has come: taken in one moment, so that the counts of a head agree. */
export type Progress = {
  readonly lastSeq: number;
  readonly activeAt: number;
  readonly last: Standing | undefined;
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

/** The last `seq` that `member` cannot have: what has been removed, or was before they came. */
export function edgeOf(room: Room, { joinedSeq }: Pick<Member, 'joinedSeq'>): number {
  return Math.max(room.trimmed, joinedSeq);
}

/** Whether the members' marks are told at all. */
export function hasReceipts(room: Room, { receiptMembers }: Policy): boolean {
  return room.members.size <= receiptMembers;
}

function otherMarks(room: Room, viewer: string, policy: Policy): readonly Mark[] {
  if (!hasReceipts(room, policy)) return [];
  return others(room, viewer)
    .filter(({ delivered, receipt }) => delivered > 0 || receipt > 0)
    .map(({ user, delivered, receipt }) => ({ user, delivered, read: receipt }));
}

/** A conversation as `member` sees it. `people` has the profiles of its members. */
export function describe(
  room: Room,
  member: Member,
  progress: Progress,
  people: ReadonlyMap<string, User>,
  policy: Policy,
): Head {
  const { lastSeq, activeAt, last, unread } = progress;
  const trimmed = edgeOf(room, member);
  return {
    conversation: room.id,
    ...(room.name === undefined ? {} : { name: room.name }),
    ...(room.avatarUrl === undefined ? {} : { avatarUrl: room.avatarUrl }),
    memberCount: room.members.size,
    lastSeq,
    ...(trimmed === 0 ? {} : { trimmed }),
    activeAt,
    ...(last && { last: last.event }),
    ...(last?.changes && { lastChanges: last.changes }),
    pins: room.pinned,
    read: member.read,
    unread,
    marks: otherMarks(room, member.user, policy),
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

/** Whether clients of a version know of such conversations. */
function isSpoken({ kind }: Room, version: number): boolean {
  return kind !== 'self' || version >= 2;
}

/** A question for a piece of a log, and who asks. */
export type Question = Omit<RangeFrame, 'type' | 'conversation'> & {
  readonly room: Room;
  readonly member: Member;
  /** Whether the answer may begin above `after`. */
  readonly knowsTrims: boolean;
};

function limitOf(asked: number): number {
  return Math.min(asked, LIMITS.rangeEvents);
}

export type SyncOptions = {
  readonly store: Store;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly policy: Policy;
};

export class Sync {
  readonly #store: Store;
  readonly #directory: Directory;
  readonly #journal: Journal;
  readonly #policy: Policy;

  constructor({ store, directory, journal, policy }: SyncOptions) {
    this.#store = store;
    this.#directory = directory;
    this.#journal = journal;
    this.#policy = policy;
  }

  /** A page of the conversations of `user` that have moved since `cursor`. */
  async heads(
    user: string,
    cursor: string,
    version: number,
  ): Promise<Omit<HeadsFrame, 'type' | 'id'>> {
    const after = await this.#position(cursor);
    const page = await this.#store.heads(user, after, LIMITS.headsPage + 1);
    // What is on disk and not in memory yet is described as it was: the next question has it again.
    const known = await this.#journal.revision();
    const heads: Head[] = [];
    let bytes = 0;
    let passed = 0;
    let end = after;
    for (const { conversation, member, last } of page.slice(0, LIMITS.headsPage)) {
      const { id, lastSeq, activeAt } = conversation;
      const room = await this.#directory.room(id);
      const own = room?.members.get(user);
      if (!room || !own || !isSpoken(room, version)) {
        passed++;
        end = conversation.revision;
        continue;
      }
      const head = await this.#head(room, { ...own, read: member.read }, lastSeq, activeAt, last);
      bytes += byteLength(JSON.stringify(head));
      if (heads.length > 0 && bytes > LIMITS.rangeBytes) break;
      heads.push(head);
      end = conversation.revision;
    }
    const reached = Math.max(after, Math.min(end, known));
    return { heads, cursor: String(reached), more: heads.length + passed < page.length };
  }

  /** What a user should have, in the words of a version. */
  async digest(user: string, version: number): Promise<Digest> {
    const { conversations, seqs, trimmed } = await this.#store.digest(user);
    if (version >= 2) return { conversations, seqs, ...(trimmed > 0 && { trimmed }) };
    const own = await this.#directory.room(selfId(user));
    if (!own) return { conversations, seqs };
    return { conversations: conversations - 1, seqs: seqs - own.lastSeq };
  }

  /** Messages as they stand now; those that `member` cannot see are left out. */
  async standing(
    room: Room,
    member: Member,
    seqs: readonly number[],
  ): Promise<readonly Standing[]> {
    const visible = seqs.filter((seq) => seq > edgeOf(room, member) && seq <= room.lastSeq);
    const found = await this.#store.standing(room.id, visible);
    let bytes = 0;
    return found.filter((one, index) => {
      bytes += byteLength(JSON.stringify(one)) + 1;
      return index === 0 || bytes <= LIMITS.rangeBytes;
    });
  }

  /** One conversation as it stands now. */
  async head(room: Room, member: Member): Promise<Head> {
    const { lastSeq, activeAt } = room;
    const [last] = await this.#store.standing(room.id, [room.messageSeq]);
    return this.#head(room, member, lastSeq, activeAt, last);
  }

  /** The newest event as the frame that tells of it. */
  async newest({ id, lastSeq }: Room): Promise<string | undefined> {
    const [last] = await this.#store.range(id, lastSeq - 1, lastSeq, 1);
    return last && eventsFrame(id, last.seq, [eventText(last, JSON.stringify(last.body))]);
  }

  /** The `events` frame that answers a question for a piece of a log. */
  range(question: Question): Promise<string> {
    const { room, member, after, before = 1, knowsTrims } = question;
    const edge = edgeOf(room, member);
    if (after === undefined) return this.#below(question, Math.min(before - 1, room.lastSeq), edge);
    const from = Math.min(after, room.lastSeq);
    return from < edge && !knowsTrims
      ? this.#standIns(question, from, edge)
      : this.#above(question, from, edge);
  }

  async #above({ id, room, limit }: Question, after: number, edge: number): Promise<string> {
    const from = Math.max(after, edge);
    const events = await this.#store.range(room.id, from, room.lastSeq, limitOf(limit));
    // More may have been removed while the store was asked.
    const first = events[0]?.seq ?? from + 1;
    return eventsFrame(room.id, first, fitting(events), id, first > after + 1 ? first - 1 : 0);
  }

  async #below({ id, room, limit }: Question, before: number, edge: number): Promise<string> {
    const upTo = Math.max(before, edge);
    const after = Math.max(edge, upTo - limitOf(limit));
    const events = await this.#store.range(room.id, after, upTo, limitOf(limit));
    const texts = fitting([...events].reverse()).reverse();
    const first = upTo - texts.length + 1;
    return eventsFrame(room.id, first, texts, id, first === edge + 1 ? edge : 0);
  }

  /** For a client of version 1, which takes a log without its beginning for one with a hole. */
  async #standIns({ id, room, limit }: Question, after: number, edge: number): Promise<string> {
    const [kept] = await this.#store.range(room.id, room.trimmed, room.lastSeq, 1);
    const at = kept?.at ?? room.activeAt;
    const texts: string[] = [];
    for (let seq = after + 1; seq <= Math.min(edge, after + limitOf(limit)); seq++) {
      const event = { seq, at, sender: SYSTEM_USER, clientId: `trimmed-${seq}`, kind: 'trimmed' };
      texts.push(eventText({ ...event, body: null }, 'null'));
    }
    return eventsFrame(room.id, after + 1, texts, id);
  }

  async #head(
    room: Room,
    member: Member,
    lastSeq: number,
    activeAt: number,
    last: Standing | undefined,
  ): Promise<Head> {
    const { id } = room;
    const { user, joinedSeq, read } = member;
    const [people, unread] = await Promise.all([
      this.#directory.people(others(room, user).map((other) => other.user)),
      read >= lastSeq
        ? 0
        : this.#store.unread(id, user, Math.max(read, joinedSeq), lastSeq, LIMITS.unreadCap),
    ]);
    return describe(room, member, { lastSeq, activeAt, last, unread }, people, this.#policy);
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

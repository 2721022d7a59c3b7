/**
 * How far members have got. Marks only rise; of those that come in while a commit is on its way the
 * highest are kept, and told once they are on disk.
 */
import type { OwnMark, Policy } from '../../../../src/protocol/entities.js';
import type { Member, Room } from '../directory.js';
import { marksFrame } from '../frames.js';
import type { Hub, Outlet } from '../hub.js';
import type { Draft, Journal, Work } from '../log/journal.js';
import { hasReceipts } from '../log/sync.js';

export class Marks {
  readonly #journal: Journal;
  readonly #hub: Hub;
  readonly #policy: Policy;
  /** Those that no commit has taken along yet. */
  readonly #waiting = new Map<Member, Raise>();

  constructor(journal: Journal, hub: Hub, policy: Policy) {
    this.#journal = journal;
    this.#hub = hub;
    this.#policy = policy;
  }

  raise(room: Room, member: Member, mark: OwnMark, origin: Outlet): void {
    const read = Math.min(mark.read, room.lastSeq);
    // Whoever has read something has it.
    const delivered = Math.max(Math.min(mark.delivered, room.lastSeq), read);
    const receipt = mark.receipt ? read : 0;
    let raise = this.#waiting.get(member);
    if (!raise && !isHigher(member, { delivered, read, receipt })) return;
    if (!raise) {
      const isShared = hasReceipts(room, this.#policy);
      raise = new Raise({ room, member, waiting: this.#waiting, hub: this.#hub, isShared });
      this.#waiting.set(member, raise);
      this.#journal.add(raise);
    }
    raise.merge(delivered, read, receipt, origin);
  }
}

type Levels = { readonly delivered: number; readonly read: number; readonly receipt: number };

function isHigher(member: Member, { delivered, read, receipt }: Levels): boolean {
  return delivered > member.delivered || read > member.read || receipt > member.receipt;
}

function highest(one: Levels, other: Levels): Levels {
  return {
    delivered: Math.max(one.delivered, other.delivered),
    read: Math.max(one.read, other.read),
    receipt: Math.max(one.receipt, other.receipt),
  };
}

type RaiseOptions = {
  readonly room: Room;
  readonly member: Member;
  readonly waiting: Map<Member, Raise>;
  readonly hub: Hub;
  /** Whether the other members are told. */
  readonly isShared: boolean;
};

class Raise implements Work {
  readonly #room: Room;
  readonly #member: Member;
  readonly #waiting: Map<Member, Raise>;
  readonly #hub: Hub;
  readonly #isShared: boolean;
  #levels: Levels;
  /** The socket that knows already; undefined once a second one has added to it. */
  #origin: Outlet | undefined;

  constructor({ room, member, waiting, hub, isShared }: RaiseOptions) {
    const { delivered, read, receipt } = member;
    this.#isShared = isShared;
    this.#room = room;
    this.#member = member;
    this.#waiting = waiting;
    this.#hub = hub;
    this.#levels = { delivered, read, receipt };
    room.pins++;
  }

  merge(delivered: number, read: number, receipt: number, origin: Outlet): void {
    const levels = this.#levels;
    const isFirst = !isHigher(this.#member, levels);
    this.#origin = isFirst || this.#origin === origin ? origin : undefined;
    this.#levels = highest(levels, { delivered, read, receipt });
  }

  prepare(draft: Draft): 'commit' | 'skip' {
    const { user } = this.#member;
    if (this.#waiting.get(this.#member) === this) this.#waiting.delete(this.#member);
    // A commit that was on its way when these were told may have brought the member further.
    this.#levels = highest(this.#levels, this.#member);
    if (!isHigher(this.#member, this.#levels)) {
      this.#room.pins--;
      return 'skip';
    }
    const revision = ++draft.revision;
    draft.marks.push({ conversation: this.#room.id, user, ...this.#levels, revision });
    return 'commit';
  }

  committed(): void {
    const { delivered, read, receipt } = this.#levels;
    const { user } = this.#member;
    const isTold = this.#isShared && isHigher(this.#member, { delivered, read: 0, receipt });
    this.#room.pins--;
    Object.assign(this.#member, this.#levels);
    const own = marksFrame(this.#room.id, [{ user, delivered, read }]);
    this.#hub.whisper([user], own, this.#origin);
    if (!isTold) return;
    const told = marksFrame(this.#room.id, [{ user, delivered, read: receipt }]);
    for (const other of this.#room.members.keys()) {
      if (other !== user) this.#hub.whisper([other], told);
    }
  }

  undo(): void {
    // Nothing has changed yet.
  }

  failed(): void {
    // A mark that is lost is healed by the next; nobody waits for it.
    this.#room.pins--;
  }
}

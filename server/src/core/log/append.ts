/**
 * Appends events to conversations: gives each its `seq`, has it committed, then acknowledges it and
 * tells everybody else, in the order of `seq`.
 *
 * A device's events are taken in the order of its counter. A repeat, seen by its client id and its
 * words, gets the answer of the first time, from whatever device and under whatever number; if that
 * number was the device's next one it is used up, so that the device goes on counting.
 */
import { isMessageKind } from '../../../../src/protocol/changes.js';
import type { LogEvent, Policy } from '../../../../src/protocol/entities.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import type { Store } from '../../store/store.js';
import { asImError } from '../as-im-error.js';
import { FoldIn } from './fold-in.js';
import type { Target } from '../changes/targets.js';
import type { CoreOptions } from '../core.js';
import type { Counter, Directory, Room } from '../directory.js';
import { ackFrame, eventsFrames, eventText } from '../frames.js';
import type { Hub, Outlet } from '../hub.js';
import type { Draft, Journal, Work } from './journal.js';

/** What is to be appended, and who is waiting for the answer. */
export type Entry = {
  readonly room: Room;
  readonly sender: string;
  readonly clientId: string;
  readonly kind: string;
  readonly body: unknown;
  readonly bodyJson: string;
  /** The message that this event changes, pinned for it. */
  readonly target?: Target | undefined;
  /** The device's place; absent for the back end, which sends no repeats. */
  readonly turn:
    { readonly device: string; readonly n: number; readonly counter: Counter } | undefined;
  /** The socket it came from: its answer takes the place of the event there. */
  readonly origin: Outlet | undefined;
  readonly requestId: number;
  /** Called once: with the place in the log, or with why there is none. */
  readonly settled: (result: number | ImError) => void;
};

export type AppenderOptions = {
  readonly store: Store;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly hub: Hub;
  readonly policy: Policy;
  readonly observe: NonNullable<CoreOptions['observe']>;
};

/** An event that is on disk and not yet told. */
type Fresh = {
  readonly entry: Entry;
  readonly seq: number;
  readonly at: number;
  readonly text: string;
};

export class Appender {
  readonly #options: AppenderOptions;
  /** By room, in the order of `seq`; empty between commits. */
  readonly #fresh = new Map<Room, Fresh[]>();

  constructor(options: AppenderOptions) {
    this.#options = options;
  }

  append(entry: Entry): void {
    this.#options.journal.add(this.work(entry));
  }

  /** The work of appending, for whoever makes it part of a larger one. */
  work(entry: Entry, first?: LogEvent): Work {
    entry.room.pins++;
    if (entry.target) entry.target.pins++;
    return new Append(entry, this, this.#options.policy, first);
  }

  /** Of what the rules refuse, a repeat is answered all the same, and uses up its number. */
  async refuse(entry: Entry, refusal: ImError): Promise<void> {
    try {
      const first = await this.firstTime(entry);
      if (!first) throw refusal;
      this.#options.journal.add(this.work(entry, first));
    } catch (error) {
      entry.settled(asImError(error));
    }
  }

  /** Answers a repeat from the log; `absent` is the answer when it is none. */
  async answerFromLog(entry: Entry, absent: ImError): Promise<void> {
    try {
      const first = await this.firstTime(entry);
      if (!first) throw absent;
      this.acknowledge(entry, first);
    } catch (error) {
      entry.settled(asImError(error));
    }
  }

  /**
   * The event that `entry` repeats, if there is one.
   *
   * @throws ImError `message/id-reused` when its client id names other words.
   */
  async firstTime({
    room,
    sender,
    clientId,
    kind,
    bodyJson,
  }: Entry): Promise<LogEvent | undefined> {
    const event = await this.#options.store.find(room.id, sender, clientId);
    if (!event) return;
    // The words of what is gone cannot be compared any more.
    const isSame = event.body === null || JSON.stringify(event.body) === bodyJson;
    if (event.kind === kind && isSame) return event;
    throw new ImError('message/id-reused', 'The client id names another message already.');
  }

  /** Tells a repeat where its first time is. */
  acknowledge({ room, clientId, origin, requestId, settled }: Entry, { seq, at }: LogEvent): void {
    origin?.send(ackFrame(requestId, room.id, clientId, seq, at));
    settled(seq);
  }

  /** Keeps an event for `publish`. */
  committed(fresh: Fresh): void {
    const { room } = fresh.entry;
    const list = this.#fresh.get(room);
    if (list) list.push(fresh);
    else this.#fresh.set(room, [fresh]);
  }

  /** Acknowledges and tells what the last commit has brought. */
  publish(): void {
    if (this.#fresh.size === 0) return;
    let frames = 0;
    for (const [room, list] of this.#fresh) frames += this.#publish(room, list);
    this.#fresh.clear();
    this.#options.observe({ type: 'delivered', frames });
  }

  #publish(room: Room, list: readonly Fresh[]): number {
    const origins = new Set(list.map(({ entry }) => entry.origin));
    const texts = list.map(({ text }) => text);
    let frames = 0;
    // One frame to all before the next, so that a wire can share its bytes with the others.
    for (const text of eventsFrames(room.id, list[0]?.seq ?? 0, texts)) {
      for (const user of room.members.keys()) {
        for (const outlet of this.#options.hub.outlets(user)) {
          if (origins.has(outlet)) continue;
          outlet.tell(room.id, text);
          frames++;
        }
      }
    }
    for (const outlet of origins) if (outlet) frames += this.#interleave(outlet, room, list);
    for (const { entry, seq } of list) entry.settled(seq);
    return frames;
  }

  /** To a socket that has sent some of the events itself: those as their acknowledgements. */
  #interleave(outlet: Outlet, room: Room, list: readonly Fresh[]): number {
    let frames = 0;
    let run: string[] = [];
    const flush = (next: number): void => {
      for (const text of run.length > 0 ? eventsFrames(room.id, next - run.length, run) : []) {
        outlet.tell(room.id, text);
        frames++;
      }
      run = [];
    };
    for (const { entry, seq, at, text } of list) {
      if (entry.origin !== outlet) {
        run.push(text);
        continue;
      }
      flush(seq);
      outlet.send(ackFrame(entry.requestId, room.id, entry.clientId, seq, at));
      frames++;
    }
    flush((list.at(-1)?.seq ?? 0) + 1);
    return frames;
  }
}

class Append implements Work {
  readonly #entry: Entry;
  readonly #appender: Appender;
  /** What the event does to another one. */
  readonly #foldIn: FoldIn | undefined;
  #fresh: Fresh | undefined;
  /** The event that this one repeats: only the counter has to move. */
  #first: LogEvent | undefined;

  constructor(entry: Entry, appender: Appender, policy: Policy, first: LogEvent | undefined) {
    this.#entry = entry;
    this.#appender = appender;
    this.#first = first;
    if (entry.target) this.#foldIn = new FoldIn(entry, entry.target, policy);
  }

  prepare(draft: Draft): 'commit' | 'skip' | 'later' {
    const { room, sender, turn } = this.#entry;
    if (turn && turn.n !== turn.counter.draft) return this.#outOfTurn(turn.n, turn.counter);
    const refusal = this.#first ? undefined : this.#foldIn?.refusal(draft.now);
    if (refusal) {
      this.#unpin();
      void this.#appender.refuse(this.#entry, refusal);
      return 'skip';
    }
    if (turn) turn.counter.draft++;
    if (!this.#first) this.#add(draft);
    else if (turn) {
      const { device, counter } = turn;
      draft.counters.push({ conversation: room.id, user: sender, device, next: counter.draft });
    }
    return 'commit';
  }

  #add(draft: Draft): void {
    const { room, sender, clientId, kind, body, bodyJson, turn } = this.#entry;
    const at = Math.max(draft.now, room.lastAt);
    const event: LogEvent = { seq: ++room.draftSeq, at, sender, clientId, kind, body };
    draft.events.push({
      conversation: room.id,
      event,
      bodyJson,
      device: turn?.device,
      n: turn?.n ?? 0,
      revision: ++draft.revision,
    });
    this.#foldIn?.prepare(event, draft);
    this.#fresh = { entry: this.#entry, seq: event.seq, at, text: eventText(event, bodyJson) };
  }

  #outOfTurn(n: number, counter: Counter): 'skip' | 'later' {
    // Its first time may be part of this very commit; the log knows when that has ended.
    if (n >= counter.next && n < counter.draft) return 'later';
    this.#unpin();
    const absent =
      n < counter.next
        ? 'Another message of this device has had this number.'
        : `The next number of this device is ${counter.draft}.`;
    void this.#appender.answerFromLog(this.#entry, new ImError('message/counter', absent));
    return 'skip';
  }

  committed(): void {
    const { room, turn, kind } = this.#entry;
    this.#unpin();
    if (turn) turn.counter.next = turn.counter.draft;
    if (this.#first) {
      this.#appender.acknowledge(this.#entry, this.#first);
    } else if (this.#fresh) {
      room.lastSeq = this.#fresh.seq;
      room.lastAt = this.#fresh.at;
      if (isMessageKind(kind)) {
        room.messageSeq = this.#fresh.seq;
        room.activeAt = this.#fresh.at;
      }
      this.#foldIn?.committed();
      this.#appender.committed(this.#fresh);
    }
  }

  undo(): void {
    const { room, turn } = this.#entry;
    room.draftSeq = room.lastSeq;
    this.#foldIn?.undo();
    if (turn) turn.counter.draft = turn.counter.next;
  }

  async reconsider(error: ImError): Promise<boolean> {
    if (error.code !== 'message/id-reused' || this.#first || !this.#entry.turn) return false;
    this.#first = await this.#appender.firstTime(this.#entry);
    return this.#first !== undefined;
  }

  failed(error: ImError): void {
    this.#unpin();
    this.#entry.settled(error);
  }

  #unpin(): void {
    const { room, target } = this.#entry;
    room.pins--;
    if (target) target.pins--;
  }
}

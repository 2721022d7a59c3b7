/**
 * Removes what is older than it may be kept, the oldest first, so that a log never gets a hole: it only
 * begins later. The newest message of a conversation stays, whatever its age, and with it the numbers
 * go on. A sweep goes through all conversations in small steps, each a bounded piece of work.
 */
import type { ImError } from '../../../../src/protocol/im-error.js';
import type { Store, Trim } from '../../store/store.js';
import type { CoreOptions } from '../core.js';
import type { Directory, Room } from '../directory.js';
import { headFrame } from '../frames.js';
import type { Hub } from '../hub.js';
import type { Draft, Journal, Work } from './journal.js';
import type { Sync } from './sync.js';

/** Until the first sweep; a server that has just started has other things to do. */
const START_MS = 5_000;
/** Between two sweeps. */
const REST_MS = 3_600_000;
/** Between two steps of a sweep. */
const STEP_MS = 500;
/** Conversations looked at in one step. */
const LOOKS = 200;
/** For so long it is known who sent what has been removed: a device that was away may repeat it. */
const NAMES_MS = 90 * 86_400_000;
/** Events removed in one commit, and in one step. */
const EVENTS = 500;
const STEP_EVENTS = 2_000;

export type RetentionOptions = Pick<CoreOptions, 'keepMs' | 'sweepMs' | 'now' | 'schedule'> & {
  readonly store: Store;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly hub: Hub;
  readonly sync: Sync;
  readonly observe: NonNullable<CoreOptions['observe']>;
};

export class Retention {
  readonly #options: RetentionOptions;
  /** The last conversation that is done with in this sweep. */
  #after = '';
  #cancel: (() => void) | undefined;
  #isStopped = false;

  /** Sweeps from now on, if there is anything that is not kept for ever. */
  constructor(options: RetentionOptions) {
    this.#options = options;
    if (options.keepMs !== undefined) this.#next(START_MS);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #next(delayMs: number): void {
    if (this.#isStopped) return;
    this.#cancel = this.#options.schedule(delayMs, () => void this.#sweep());
  }

  async #sweep(): Promise<void> {
    let isDone = true;
    try {
      isDone = await this.#step();
    } catch (error) {
      // The next sweep tries again, from where this one has got to.
      this.#options.observe({ type: 'store-failed', error });
    }
    this.#next(isDone ? (this.#options.sweepMs ?? REST_MS) : STEP_MS);
  }

  /** Gives whether the sweep has come to its end. */
  async #step(): Promise<boolean> {
    const { store, now, keepMs = Infinity, observe } = this.#options;
    const before = now() - keepMs;
    const { conversations, next } = await store.stale(before, this.#after, LOOKS);
    let removed = 0;
    for (const { id } of conversations) {
      const count = await this.#trim(id, before);
      removed += count;
      // It may have more; whatever it has is looked at again.
      if (count === EVENTS || removed >= STEP_EVENTS) break;
      this.#after = id;
    }
    if (removed > 0) observe({ type: 'trimmed', events: removed });
    const isCut = conversations.length > 0 && this.#after !== conversations.at(-1)?.id;
    if (!isCut) this.#after = next ?? '';
    return !isCut && next === undefined;
  }

  /** Removes up to `EVENTS` old events of a conversation, and gives how many. */
  async #trim(id: string, before: number): Promise<number> {
    const { store, directory, journal } = this.#options;
    const room = await directory.room(id);
    if (!room) return 0;
    room.pins++;
    try {
      const { trimmed } = room;
      const oldest = await store.range(id, trimmed, room.messageSeq - 1, EVENTS);
      // Times never fall within a log.
      const upTo = oldest.findLast(({ at }) => at < before)?.seq ?? trimmed;
      if (upTo === trimmed) return 0;
      await new Promise<void>((resolve, reject) => {
        const trim = { upTo, forgetBefore: before - NAMES_MS };
        journal.add(new TrimRoom(room, trim, resolve, reject));
      });
      await this.#tell(room);
      return upTo - trimmed;
    } finally {
      room.pins--;
    }
  }

  /** Members who are there learn of it now, the others by their next `sync`. */
  async #tell(room: Room): Promise<void> {
    const { hub, sync } = this.#options;
    for (const member of room.members.values()) {
      if (hub.outlets(member.user).length === 0) continue;
      const text = headFrame(await sync.head(room, member));
      for (const outlet of hub.outlets(member.user)) outlet.tell(room.id, text);
    }
  }
}

class TrimRoom implements Work {
  readonly #room: Room;
  readonly #trim: Pick<Trim, 'upTo' | 'forgetBefore'>;
  readonly #resolve: () => void;
  readonly #reject: (error: ImError) => void;

  constructor(
    room: Room,
    trim: Pick<Trim, 'upTo' | 'forgetBefore'>,
    resolve: () => void,
    reject: (error: ImError) => void,
  ) {
    this.#room = room;
    this.#trim = trim;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  prepare(draft: Draft): 'commit' {
    this.#room.draftTrimmed = this.#trim.upTo;
    const revision = ++draft.revision;
    draft.trims.push({ conversation: this.#room.id, ...this.#trim, revision });
    return 'commit';
  }

  committed(): void {
    const room = this.#room;
    const { upTo } = this.#trim;
    const kept = room.pinned.filter(({ target }) => target > upTo);
    room.draftPins -= room.pinned.length - kept.length;
    room.pinned = kept;
    room.targets.forget(upTo);
    room.trimmed = upTo;
    this.#resolve();
  }

  undo(): void {
    this.#room.draftTrimmed = this.#room.trimmed;
  }

  failed(error: ImError): void {
    this.#reject(error);
  }
}

/**
 * Fetches the pieces of logs that are missing on this device, at most one request a conversation and
 * a few at once, and the next page is on its way while one is stored: windows that are open come first,
 * then what was behind, then first pages that may never be looked at.
 */
import { conversationKind } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import type { EventsFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { ConversationRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Log } from '../log.js';
import type { Link } from '../tabs/link.js';

export type Urgency = 'open' | 'behind' | 'background';

export type PullsOptions = {
  readonly storage: Storage;
  readonly link: Link;
  readonly log: Log;
  readonly mirror: Mirror;
  /** Conversations have fallen behind, or are up to date. */
  readonly onProgress: () => void;
};

const AT_ONCE = 4;
/** Pages of one conversation that may have come, or be asked for, while one is stored. */
const AHEAD = 3;
/** The first page of a conversation that this device has nothing of. */
const FIRST_PAGE = 50;
const ORDER: readonly Urgency[] = ['open', 'behind', 'background'];

/** A page that has been asked for before the one before it was stored. */
type Ahead = { readonly after: number; readonly answer: Promise<ServerFrame> };

/** Messages, and changes to them. */
export type Count = { readonly done: number; readonly left: number };

type Pull = {
  urgency: Urgency;
  /** The log is known to reach this far. */
  upTo: number;
  /** Where what is missing begins; undefined until it is known. */
  from: number | undefined;
  readonly done: Promise<void>;
  readonly finish: (error?: Error) => void;
  running: boolean;
  /** What is stored here has been compared with the server's log. */
  compared: boolean;
  /** How far the log was stored before the last question, and how many have moved it no further. */
  reached: number;
  fruitless: number;
  /** Asked for and not yet stored, in order; only the last may still be unanswered. */
  ahead: readonly Ahead[];
  /** Where the page after those begins, which has to wait. */
  next: number | undefined;
};

const NOTHING_YET = {
  ...{ from: undefined, running: false, compared: false, reached: -1, fruitless: 0 },
  ...{ ahead: [], next: undefined },
};
/** Questions in a row that may bring nothing that fits: a server with a hole is not asked for ever. */
const FRUITLESS = 3;

export class Pulls {
  readonly #options: PullsOptions;
  readonly #pulls: Map<string, Pull> = new Map();
  #running = 0;
  /** Messages that those have brought which are complete. */
  #ended = 0;

  constructor(options: PullsOptions) {
    this.#options = options;
  }

  /** Conversations that are not yet complete on this device, first pages in the background aside. */
  get remaining(): number {
    let remaining = 0;
    for (const { urgency } of this.#pulls.values()) if (urgency !== 'background') remaining++;
    return remaining;
  }

  /** Messages that have come since `forget`, and those that are known not to be here. */
  count(): Count {
    let { done, left } = { done: this.#ended, left: 0 };
    for (const entry of this.#pulls) {
      const one = this.#countOf(...entry);
      done += one.done;
      left += one.left;
    }
    return { done, left };
  }

  /** What has come so far counts no more. */
  forget(): void {
    this.#ended = 0;
    for (const pull of this.#pulls.values()) pull.from = undefined;
  }

  get idle(): boolean {
    return this.#pulls.size === 0;
  }

  /** Fetches what is missing up to `upTo`; resolves when it is there. */
  want(conversation: string, upTo: number, urgency: Urgency): Promise<void> {
    const present = this.#pulls.get(conversation);
    if (present) {
      present.upTo = Math.max(present.upTo, upTo);
      if (ORDER.indexOf(urgency) < ORDER.indexOf(present.urgency)) {
        present.urgency = urgency;
        this.#start();
      }
      return present.done;
    }
    let finish: Pull['finish'] = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      finish = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Most callers only want it to happen; those who wait hear of the failure.
    done.catch(() => undefined);
    const pull = { urgency, upTo, done, finish, ...NOTHING_YET };
    this.#pulls.set(conversation, pull);
    this.#countOf(conversation, pull);
    this.#start();
    return done;
  }

  /** A page has come and is about to be stored: the next one can be on its way meanwhile. */
  arrived({ conversation, from, to, events }: EventsFrame): void {
    const pull = this.#pulls.get(conversation);
    if (!pull?.running) return;
    const after = pull.ahead.at(-1)?.after ?? pull.reached;
    // Not a page above, which somebody reads meanwhile; the first one overlaps by one.
    if (from !== after + 1 && from !== after) return;
    if (events.length < LIMITS.rangeEvents || to >= pull.upTo) return;
    pull.next = to;
    this.#askAhead(conversation, pull);
  }

  /** Fails all that wait: the connection is lost, and the next one starts over. */
  abandon(error: ImError): void {
    const waiting = [...this.#pulls.values()];
    this.#pulls.clear();
    for (const { finish } of waiting) finish(error);
  }

  #start(): void {
    for (;;) {
      const next = this.#next();
      // Somebody looks at an open one: it does not wait for a place.
      if (!next || (this.#running >= AT_ONCE && next[1].urgency !== 'open')) break;
      next[1].running = true;
      this.#running++;
      void this.#run(...next);
    }
    this.#options.onProgress();
  }

  #next(): [string, Pull] | undefined {
    for (const urgency of ORDER) {
      for (const entry of this.#pulls) {
        if (!entry[1].running && entry[1].urgency === urgency) return entry;
      }
    }
    return;
  }

  async #run(conversation: string, pull: Pull): Promise<void> {
    let failure: Error | undefined;
    try {
      while (this.#pulls.get(conversation) === pull && (await this.#page(conversation, pull)));
    } catch (error) {
      failure = error instanceof Error ? error : new Error('The page cannot be had.');
      const { log, link } = this.#options;
      // Without a connection it is no wonder.
      if (link.ready) log.warn('pull-failed', { conversation });
      else log.debug('pull-cut', { conversation });
    }
    this.#running--;
    if (this.#pulls.get(conversation) === pull) {
      this.#ended += this.#countOf(conversation, pull).done;
      this.#pulls.delete(conversation);
    }
    pull.finish(failure);
    this.#start();
  }

  /** Nobody waits for what is fetched in the background. */
  #countOf(conversation: string, pull: Pull): Count {
    const row = this.#options.mirror.row(conversation);
    if (!row || pull.urgency === 'background') return { done: 0, left: 0 };
    const { local, lastSeq } = row;
    const to = local?.to ?? Math.max(lastSeq - FIRST_PAGE, 0);
    pull.from ??= to;
    return { done: Math.max(to - pull.from, 0), left: Math.max(lastSeq - to, 0) };
  }

  /** Fetches one page; gives whether another is needed. */
  async #page(conversation: string, pull: Pull): Promise<boolean> {
    const { storage } = this.#options;
    const row = await storage.use((db) => db.conversations.get(conversation));
    if (!row) return false;
    const upTo = Math.max(pull.upTo, row.lastSeq);
    const { local } = row;
    if (local && local.to >= upTo) return false;
    pull.fruitless = local?.to === pull.reached ? pull.fruitless + 1 : 0;
    pull.reached = local?.to ?? -1;
    if (pull.fruitless === FRUITLESS) throw new ImError('server/internal', 'The log has a hole.');
    const answer = await this.#ask(conversation, pull, local, upTo);
    if (answer.type !== 'events') throw new ImError('protocol/unexpected-frame', 'No events came.');
    // An answer with nothing new means that the log ends sooner than was believed.
    return answer.to > (local?.to ?? 0);
  }

  #ask(
    conversation: string,
    pull: Pull,
    local: ConversationRow['local'],
    upTo: number,
  ): Promise<ServerFrame> {
    const stored = local?.to ?? 0;
    pull.ahead = pull.ahead.filter(({ after }) => after >= stored);
    this.#askAhead(conversation, pull);
    const [first] = pull.ahead;
    if (first?.after === stored) return first.answer;
    pull.ahead = [];
    // The first page begins with the last event that is here, so that another log shows.
    const isOverlapping = local !== undefined && !pull.compared && local.to >= local.from;
    pull.compared = true;
    // The personal log is read from its beginning: each of its events may still count.
    const isWhole = conversationKind(conversation) === 'self';
    return this.#options.link.ask({
      type: 'range',
      conversation,
      ...(local || isWhole
        ? {
            after: Math.max((local?.to ?? 0) - (isOverlapping ? 1 : 0), 0),
            limit: LIMITS.rangeEvents,
          }
        : { before: upTo + 1, limit: FIRST_PAGE }),
    });
  }

  /** Asks for the next page, unless much waits to be stored. */
  #askAhead(conversation: string, pull: Pull): void {
    const { next: after } = pull;
    if (after === undefined || pull.ahead.length >= AHEAD) return;
    pull.next = undefined;
    const limit = LIMITS.rangeEvents;
    const answer = this.#options.link.ask({ type: 'range', conversation, after, limit });
    // It may never be needed: a hole or a lost connection starts over.
    answer.catch(() => undefined);
    pull.ahead = [...pull.ahead, { after, answer }];
  }
}

/**
 * Fetches the pieces of logs that are missing on this device, at most one request a conversation and
 * a few at once: windows that are open come first, then what was behind, then first pages that may
 * never be looked at.
 */
import { conversationKind } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import type { Storage } from '../database/storage.js';
import type { Log } from '../log.js';
import type { Link } from '../tabs/link.js';

export type Urgency = 'open' | 'behind' | 'background';

export type PullsOptions = {
  readonly storage: Storage;
  readonly link: Link;
  readonly log: Log;
  /** How many conversations are behind, whenever the number changes. */
  readonly onProgress: (remaining: number) => void;
};

const AT_ONCE = 4;
/** The first page of a conversation that this device has nothing of. */
const FIRST_PAGE = 50;
const ORDER: readonly Urgency[] = ['open', 'behind', 'background'];

type Pull = {
  urgency: Urgency;
  /** The log is known to reach this far. */
  upTo: number;
  readonly done: Promise<void>;
  readonly finish: (error?: Error) => void;
  running: boolean;
  /** What is stored here has been compared with the server's log. */
  compared: boolean;
};

export class Pulls {
  readonly #options: PullsOptions;
  readonly #pulls: Map<string, Pull> = new Map();
  #running = 0;

  constructor(options: PullsOptions) {
    this.#options = options;
  }

  /** Conversations that are not yet complete on this device, first pages in the background aside. */
  get remaining(): number {
    let remaining = 0;
    for (const { urgency } of this.#pulls.values()) if (urgency !== 'background') remaining++;
    return remaining;
  }

  get idle(): boolean {
    return this.#pulls.size === 0;
  }

  /** Fetches what is missing up to `upTo`; resolves when it is there. */
  want(conversation: string, upTo: number, urgency: Urgency): Promise<void> {
    const present = this.#pulls.get(conversation);
    if (present) {
      present.upTo = Math.max(present.upTo, upTo);
      if (ORDER.indexOf(urgency) < ORDER.indexOf(present.urgency)) present.urgency = urgency;
      return present.done;
    }
    let finish: Pull['finish'] = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      finish = (error) => (error === undefined ? resolve() : reject(error));
    });
    // Most callers only want it to happen; those who wait hear of the failure.
    done.catch(() => undefined);
    this.#pulls.set(conversation, { urgency, upTo, done, finish, running: false, compared: false });
    this.#start();
    return done;
  }

  /** Fails all that wait: the connection is lost, and the next one starts over. */
  abandon(error: ImError): void {
    const waiting = [...this.#pulls.values()];
    this.#pulls.clear();
    for (const { finish } of waiting) finish(error);
  }

  #start(): void {
    while (this.#running < AT_ONCE) {
      const next = this.#next();
      if (!next) break;
      next[1].running = true;
      this.#running++;
      void this.#run(...next);
    }
    this.#options.onProgress(this.remaining);
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
    if (this.#pulls.get(conversation) === pull) this.#pulls.delete(conversation);
    pull.finish(failure);
    this.#start();
  }

  /** Fetches one page; gives whether another is needed. */
  async #page(conversation: string, pull: Pull): Promise<boolean> {
    const { storage } = this.#options;
    const row = await storage.use((db) => db.conversations.get(conversation));
    if (!row) return false;
    const upTo = Math.max(pull.upTo, row.lastSeq);
    const { local } = row;
    if (local && local.to >= upTo) return false;
    // The first page begins with the last event that is here, so that another log shows.
    const isOverlapping = local !== undefined && !pull.compared && local.to >= local.from;
    pull.compared = true;
    // The personal log is read from its beginning: each of its events may still count.
    const isWhole = conversationKind(conversation) === 'self';
    const answer = await this.#options.link.ask({
      type: 'range',
      conversation,
      ...(local || isWhole
        ? {
            after: Math.max((local?.to ?? 0) - (isOverlapping ? 1 : 0), 0),
            limit: LIMITS.rangeEvents,
          }
        : { before: upTo + 1, limit: FIRST_PAGE }),
    });
    if (answer.type !== 'events') throw new ImError('protocol/unexpected-frame', 'No events came.');
    // An answer with nothing new means that the log ends sooner than was believed.
    return answer.to > (local?.to ?? 0);
  }
}

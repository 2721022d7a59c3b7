/**
 * What happens on every new connection, and whenever the two ends turn out to differ: ask which
 * conversations moved, then have the missing pieces fetched.
 */
import type { Digest } from '../../protocol/entities.js';
import { selfId } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import type { ServerFrame } from '../../protocol/server-frames.js';
import type { Connection } from '../connection/connection.js';
import { offline } from '../connection/refusals.js';
import type { ConversationRow, Database } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import type { Log } from '../log.js';
import { changesBetween, messagesBetween } from '../database/between.js';
import type { Link } from '../tabs/link.js';
import type { Views } from '../conversations/views.js';
import type { Outcome } from './outcome.js';
import type { Inbox } from './inbox.js';
import { CatchUpProgress } from './catch-up-progress.js';
import { Pulls } from './pulls.js';

export type CatchUpOptions = {
  readonly environment: Environment;
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly inbox: Inbox;
  /** Conversations with a window on them: their messages are fetched before all others. */
  readonly open: Views;
  readonly connection: Connection;
  readonly link: Link;
  readonly log: Log;
};

/** Conversations whose newest page is fetched before anybody opens them. */
const AHEAD = 50;
/** Conversations that were opened here while there was no connection, to be told to the server. */
const UNTOLD = 20;

export class CatchUp {
  readonly pulls: Pulls;
  /** How many pages of heads have come that could not be read in full. */
  partialPages = 0;
  readonly #options: CatchUpOptions;
  readonly #describing: Set<string> = new Set();
  /** Of those, the ones that have moved since they were asked for: the answer may be too old. */
  readonly #moved: Set<string> = new Set();
  readonly #progress: CatchUpProgress;
  #syncing: Promise<void> | undefined;
  /** How often in a row the digests differed after everything had been done. */
  #differences = 0;
  /** The events that the server last counted when the two ends differed. */
  #digest: number | undefined;

  constructor(options: CatchUpOptions) {
    this.#options = options;
    this.pulls = new Pulls({ ...options, onProgress: () => this.#progress.moved() });
    this.#progress = new CatchUpProgress({
      environment: options.environment,
      remaining: () => this.pulls.remaining + (this.#syncing ? 1 : 0),
      pulls: this.pulls,
      tell: (progress) => options.connection.progress(progress),
    });
  }

  /** Nothing is being fetched. */
  get idle(): boolean {
    return !this.#syncing && this.pulls.idle && this.#options.inbox.idle;
  }

  /** Resolves when the heads that are being asked for are there. */
  async synced(): Promise<void> {
    await this.#syncing;
  }

  /** A new connection is there. */
  start(): void {
    this.#progress.restart();
    void this.#sync(false);
    this.#progress.moved();
  }

  /** The connection is lost. */
  stop(error: ImError): void {
    this.#differences = 0;
    this.#describing.clear();
    this.#moved.clear();
    this.pulls.abandon(offline(error));
    this.#progress.restart();
  }

  /** Goes after what a transaction has found missing. */
  follow({ behind, unknown }: Outcome): void {
    for (const [id, upTo] of behind) {
      const hasPages = this.#options.mirror.row(id)?.local !== undefined;
      // Conversations that this device has nothing of wait for their turn below.
      if (this.#isUrgent(id)) void this.pulls.want(id, upTo, 'open');
      else if (hasPages) void this.pulls.want(id, upTo, 'behind');
      else if (!this.#syncing) void this.pulls.want(id, upTo, 'background');
    }
    for (const id of unknown) {
      if (this.#describing.has(id)) this.#moved.add(id);
      else void this.describe(id).catch(() => undefined);
    }
    this.#progress.moved();
  }

  /** Has the server describe a conversation; a one-to-one one may come into being by it. */
  async describe(conversation: string): Promise<void> {
    if (this.#describing.has(conversation)) return;
    this.#describing.add(conversation);
    try {
      await this.#options.link.ask({ type: 'open', conversation });
    } finally {
      this.#describing.delete(conversation);
      if (this.#moved.delete(conversation)) {
        void this.describe(conversation).catch(() => undefined);
      }
    }
  }

  /** Compares what the server counts with what is here. Only means something when all is quiet. */
  compare(digest: Digest): void {
    let conversations = 0;
    let seqs = 0;
    let begin = 0;
    for (const { onServer, lastSeq, trimmed = 0 } of this.#options.mirror.rows()) {
      if (!onServer) continue;
      conversations++;
      seqs += lastSeq;
      begin += trimmed;
    }
    const isSame = seqs === digest.seqs && begin === (digest.trimmed ?? 0);
    if (conversations === digest.conversations && isSame) {
      this.#differences = 0;
      return;
    }
    // Another digest tells of something else that was missed.
    if (digest.seqs !== this.#digest) this.#differences = 0;
    this.#digest = digest.seqs;
    // First what moved since the cursor, then everything; after that only a new connection helps.
    if (this.#differences === 2) return;
    this.#options.log.warn('digest-differs', { differences: this.#differences });
    void this.#sync(this.#differences === 1);
    this.#differences++;
  }

  #sync(isFull: boolean): Promise<void> {
    this.#syncing ??= this.#syncAll(isFull).finally(() => {
      this.#syncing = undefined;
      this.#progress.moved();
    });
    return this.#syncing;
  }

  async #syncAll(isFull: boolean): Promise<void> {
    const { inbox, storage, log, connection, mirror } = this.#options;
    inbox.isFull = isFull;
    const partialPages = this.partialPages;
    try {
      const kept = await storage.use((db) => db.meta.get('cursor'));
      // Before it is asked: what is entered meanwhile may be missing in the answer.
      const known = isFull ? await storage.use(idsOnServer) : [];
      const seen = await this.#heads(isFull ? '' : (kept?.value ?? ''));
      const isWhole = partialPages === this.partialPages;
      if (isWhole) await this.#forget(known.filter((id) => !seen.has(id)));
      await this.#beginAll();
      // What is complete is on the screen, too.
      await mirror.settled();
    } catch (error) {
      // Without a connection it is no wonder; a new one tries again.
      if (!connection.ready) {
        log.debug('sync-cut');
        return;
      }
      log.error('sync-failed', error);
      const reason = new ImError('connection/offline', 'Catching up has failed.', { cause: error });
      connection.restart(reason);
    } finally {
      inbox.isFull = false;
    }
  }

  /** Asks for heads, page by page; each is stored with its cursor. Gives the ids. */
  async #heads(cursor: string): Promise<ReadonlySet<string>> {
    const seen = new Set<string>();
    let next = cursor;
    for (;;) {
      const page: ServerFrame = await this.#options.connection.ask({ type: 'sync', cursor: next });
      if (page.type !== 'heads') throw new ImError('protocol/unexpected-frame', 'No heads came.');
      for (const { conversation } of page.heads) seen.add(conversation);
      if (!page.more) return seen;
      next = page.cursor;
    }
  }

  /** The server has told of everything, and of these it has not: they exist no more. */
  async #forget(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const { storage, link } = this.#options;
    await storage.use((db) =>
      link.term.write(db, async () => {
        const rows = await db.conversations.bulkGet([...ids]);
        for (const row of rows) {
          if (!row || row.pending) continue;
          await db.conversations.delete(row.id);
          await changesBetween(db, row.id, 0, Infinity).delete();
          await messagesBetween(db, row.id, 0, Infinity).delete();
        }
      }),
    );
  }

  /** First pages of what is new here, and conversations that the server has not heard of. */
  async #beginAll(): Promise<void> {
    const { storage, mirror } = this.#options;
    const rows = await storage.use((db) => db.conversations.toArray());
    const self = selfId(mirror.self);
    rows.sort((one, other) =>
      one.id === self ? -1 : other.id === self ? 1 : other.activeAt - one.activeAt,
    );
    for (const row of rows) this.#begin(row);
    const untold = rows.filter(({ onServer }) => !onServer).slice(0, UNTOLD);
    for (const { id } of untold) void this.describe(id).catch(() => undefined);
    const fresh = rows.filter(({ local, onServer }) => !local && onServer).slice(0, AHEAD);
    for (const { id, lastSeq } of fresh) void this.pulls.want(id, lastSeq, 'background');
  }

  /** The personal log says how all others are shown. */
  #isUrgent(id: string): boolean {
    return this.#options.open.has(id) || id === selfId(this.#options.mirror.self);
  }

  #begin({ id, local, lastSeq }: ConversationRow): void {
    if (this.#isUrgent(id) && !local) void this.pulls.want(id, lastSeq, 'open');
    else if (local && local.to < lastSeq) {
      void this.pulls.want(id, lastSeq, this.#isUrgent(id) ? 'open' : 'behind');
    }
  }
}

function idsOnServer(db: Database): Promise<readonly string[]> {
  return db.conversations.filter(({ onServer }) => onServer).primaryKeys();
}

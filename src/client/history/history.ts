/**
 * A window over one conversation. It follows the conversation's row, which every write to its messages
 * changes, and reads only what is new: an appended message costs the same in every length of history.
 */
import { type ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import { offline } from '../connection/refusals.js';
import type { ConversationRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Gate } from '../gate.js';
import { asImError } from '../database/storage-errors.js';
import type { Storage } from '../database/storage.js';
import {
  readAfter,
  readBefore,
  readLast,
  readPending,
  readStandings,
  type Page,
  markComplete,
} from './history-pages.js';
import { HistoryRows } from './history-rows.js';
import { hasOlder, isSame } from './history-state.js';
import { LiveValue } from '../live-value.js';
import type { Log } from '../log.js';
import type { HistoryState, MessageHistory } from '../public.js';

export type HistoryOptions = {
  readonly conversation: string;
  readonly pageSize: number;
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly gate: Gate;
  readonly log: Log;
  /** Resolves when the mirror has read what is stored. */
  readonly loaded: Promise<void>;
  readonly signal: AbortSignal;
};

/** Most messages in a window. */
export const WINDOW = 2_000;

const EMPTY: Page = { rows: [], from: 1, to: 0 };

type Loading = NonNullable<HistoryState['loading']>;

export class History implements MessageHistory {
  readonly state: LiveValue<HistoryState> = new LiveValue<HistoryState>({
    messages: [],
    hasOlder: false,
    hasNewer: false,
    loading: 'first',
    error: undefined,
  });
  readonly #options: HistoryOptions;
  readonly #rows: HistoryRows;
  readonly #closers: (() => void)[];
  #loading: Loading | undefined = 'first';
  #error: ImError | undefined;
  /** What is done to the window happens one after the other. */
  #queue: Promise<void>;
  #older: Promise<void> | undefined;
  #newer: Promise<void> | undefined;
  #isStale = false;
  #pendingRevision = -1;
  #changesRevision: number | undefined;
  /** Of the log that the window shows. */
  #logRevision: number | undefined;
  #closed = false;

  constructor(options: HistoryOptions) {
    this.#options = options;
    const { conversation, mirror, gate, loaded, signal } = options;
    this.#rows = new HistoryRows(mirror, WINDOW);
    const connected = gate.state.subscribe({
      next: ({ status }) => this.#onConnection(status),
    });
    this.#closers = [
      gate.open.add(conversation),
      mirror.onChange((ids) => {
        if (ids === 'all' || ids.has(conversation)) this.#follow(ids === 'all');
      }),
      () => connected.unsubscribe(),
    ];
    const close = (): void => this.close();
    signal.addEventListener('abort', close, { once: true });
    this.#closers.push(() => signal.removeEventListener('abort', close));
    this.#queue = loaded.catch(() => undefined);
    gate.draws(this.loadLatest());
  }

  loadOlder(): Promise<void> {
    this.#older ??= this.#load('older', () => this.#readOlder()).finally(
      () => (this.#older = undefined),
    );
    return this.#older;
  }

  loadNewer(): Promise<void> {
    this.#newer ??= this.#load('newer', () => this.#readNewer()).finally(
      () => (this.#newer = undefined),
    );
    return this.#newer;
  }

  async loadLatest(): Promise<void> {
    // A window that is there already keeps what it holds above.
    if (this.#rows.atEnd && this.#rows.last !== undefined && !this.#error) return;
    await this.#load('first', () => this.#readLatest());
  }

  close(): void {
    this.#closed = true;
    for (const close of this.#closers.splice(0)) close();
  }

  get #row(): ConversationRow | undefined {
    return this.#options.mirror.row(this.#options.conversation);
  }

  /** Runs a change of the window after those before it, and shows what came of it. */
  #do(change: () => Promise<void> | undefined): Promise<void> {
    this.#queue = this.#queue.then(async () => {
      if (this.#closed) return;
      try {
        await change();
      } catch (cause) {
        this.#error = asImError(cause);
        this.#options.log.warn('history-failed', { code: this.#error.code });
      }
      this.#show();
    });
    return this.#queue;
  }

  #load(loading: Loading, read: () => Promise<void>): Promise<void> {
    return this.#do(async () => {
      this.#loading = loading;
      this.#error = undefined;
      this.#show();
      try {
        await read();
      } finally {
        this.#loading = undefined;
      }
    });
  }

  /** The row has changed, or names have. Several changes in a row are looked at once. */
  #follow(isAll: boolean): void {
    if (isAll) this.#rows.forgetMessages();
    if (this.#isStale) return;
    this.#isStale = true;
    void this.#do(async () => {
      this.#isStale = false;
      const row = this.#row;
      if (row?.local) await this.#readChanges(row, row.local);
      else if (row) await this.#readPending(row);
      // It has been forgotten with everything else.
      else if (this.#rows.last !== undefined) await this.#readLatest();
    });
  }

  async #readChanges(row: ConversationRow, local: { from: number; to: number }): Promise<void> {
    const { storage } = this.#options;
    const { first, last } = this.#rows;
    const isOtherPiece = last !== undefined && (last < local.from || last > local.to);
    const isOtherLog = isOtherPiece || row.logRevision !== this.#logRevision;
    // What has been removed vanishes; the rest of the window stays where it is.
    if (!isOtherLog && first !== undefined && first < local.from) this.#rows.dropBefore(local.from);
    if (last === undefined || isOtherLog || local.to - last > WINDOW) {
      if (last === undefined && local.to < local.from) await this.#readPending(row);
      else if (this.#rows.atEnd || isOtherLog) await this.#readLatest();
      return;
    }
    if (this.#rows.atEnd && local.to > last) {
      const next = last + 1;
      const isNext = row.last?.order === next && local.to === next;
      this.#rows.append(
        isNext && row.last
          ? { rows: [row.last], from: next, to: next }
          : await storage.use((db) => readAfter(db, row, last, WINDOW)),
      );
      this.#error = undefined;
    }
    if (row.changesRevision !== this.#changesRevision) await this.#readStandings(row);
    await this.#readPending(row);
  }

  async #readLatest(): Promise<void> {
    const { gate, conversation, pageSize, storage } = this.#options;
    this.#error = undefined;
    if (!this.#row?.local && gate.ready) await this.#fetchFirst();
    const row = this.#row;
    if (!row?.local && row?.onServer !== false && !gate.ready) this.#error = offline();
    this.#logRevision = row?.logRevision;
    const page = row?.local ? await storage.use((db) => readLast(db, row, pageSize)) : EMPTY;
    this.#rows.replace(page);
    if (row) await this.#readStandings(row);
    if (row) await this.#readPending(row, true);
    // What is newest may be nothing but changes of older messages.
    if (page.from <= page.to && page.rows.length === 0 && gate.ready) await this.#readOlder();
    if (row?.local && row.local.to < row.lastSeq && gate.ready) {
      void gate.catchUp?.pulls.want(conversation, row.lastSeq, 'open');
    }
  }

  /** Has the server describe the conversation and send its newest page. */
  async #fetchFirst(): Promise<void> {
    const { gate, conversation, mirror } = this.#options;
    const { catchUp } = gate;
    if (!catchUp) return;
    await catchUp.synced();
    await mirror.settled();
    if (!this.#row?.onServer) await catchUp.describe(conversation);
    await mirror.settled();
    await catchUp.pulls.want(conversation, this.#row?.lastSeq ?? 0, 'open');
    await mirror.settled();
  }

  async #readOlder(): Promise<void> {
    const { gate, conversation, pageSize, storage, mirror } = this.#options;
    const { first } = this.#rows;
    const row = this.#row;
    const local = row?.local;
    const isOtherLog = row?.logRevision !== this.#logRevision;
    if (first === undefined || !local || isOtherLog) return this.#readLatest();
    const page = await storage.use((db) => readBefore(db, conversation, first, pageSize));
    this.#rows.prepend(page);
    if (page.from <= page.to) await this.#readStandings(row, page);
    if (page.rows.length || local.from <= 1 || row.complete) return;
    const limit = Math.min(Math.max(pageSize, 1), LIMITS.rangeEvents);
    const question = { type: 'range', conversation, before: local.from, limit } as const;
    const answer = await gate.ask(question);
    if (answer.type === 'events' && answer.events.length === 0) {
      await storage.use((db) => markComplete(db, conversation, local.from));
    }
    await mirror.settled();
    // A page may hold nothing but changes, and one that did not fit was not stored.
    if ((this.#row?.local?.from ?? local.from) < local.from) await this.#readOlder();
  }

  async #readNewer(): Promise<void> {
    const { pageSize, storage } = this.#options;
    const { last } = this.#rows;
    const row = this.#row;
    if (last === undefined || this.#rows.atEnd) return;
    if (!row?.local || row.logRevision !== this.#logRevision) return this.#readLatest();
    const page = await storage.use((db) => readAfter(db, row, last, pageSize));
    this.#rows.appendPage(page, page.to >= row.local.to);
    await this.#readStandings(row, page);
    // What waited may be in the page by now.
    await this.#readPending(row);
  }

  /** What has become of the messages in the window, or in a page of it. */
  async #readStandings(row: ConversationRow, page?: Page): Promise<void> {
    const { storage, mirror } = this.#options;
    if (!page) this.#changesRevision = row.changesRevision;
    const { first, last } = this.#rows;
    if (!row.changesRevision || first === undefined || last === undefined) return;
    const piece = page ?? { from: first, to: last };
    const standings = await storage.use((db) => readStandings(db, row.id, piece, mirror.self));
    this.#rows.stand(standings, piece);
  }

  async #readPending(row: ConversationRow, always: boolean = false): Promise<void> {
    if (!always && row.pendingRevision === this.#pendingRevision) return;
    this.#pendingRevision = row.pendingRevision;
    // Without one there is nothing to read: the row remembers the newest.
    const pending = row.pending
      ? await this.#options.storage.use((db) => readPending(db, row.id, WINDOW))
      : [];
    this.#rows.setPending(pending);
  }

  #show(): void {
    if (this.#closed) return;
    const before = this.state.value;
    const row = this.#row;
    const messages = this.#rows.messages(row);
    const { first } = this.#rows;
    const next: HistoryState = {
      messages,
      hasOlder: first !== undefined && hasOlder(row, first),
      hasNewer: !this.#rows.atEnd,
      loading: this.#loading,
      error: this.#error,
    };
    if (!before || !isSame(before, next)) this.state.set(next);
  }

  /** What only the server has can be had again. */
  #onConnection(status: string): void {
    if (status !== 'connected' && status !== 'catching-up') return;
    if (this.#error?.code !== 'connection/offline') return;
    if (this.#rows.last === undefined) void this.loadLatest();
    else void this.#do(() => (this.#error = undefined));
  }
}

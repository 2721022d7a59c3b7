/**
 * Sends what waits in the outbox: strictly in order within a conversation, a few at once, the same
 * bytes at every try. A row goes only when its message has come back through the log, in the
 * transaction that stores it (`sync/apply-log.ts`): a crash can neither lose nor double a message.
 */
import { ImError } from '../../protocol/im-error.js';
import { LIMITS, TIMES } from '../../protocol/limits.js';
import { backoffMs } from '../connection/backoff.js';
import type { Database, OutboxRow } from '../database/database.js';
import type { Waiting } from '../database/move-over.js';
import { findOutWhatMoved } from './outbox-moved.js';
import type { OutboxOptions } from './outbox-options.js';
import { keepAgain, markFailed, markSending, renumberAll } from './outbox-rows.js';

/** A conversation that has to wait before it may send again. */
type Pause = { failures: number; cancel: (() => void) | undefined };

/** A counter that still does not fit after this many tries belongs to another history. */
const COUNTER_TRIES = 3;
/** How much of the usual wait it takes. */
const COUNTER_SHARE = 0.4;
/** How much a failure counts for the longest wait. */
const FAILURE_MS = 10_000;
/** As how many failures one of the storage counts. */
const RELOAD_FAILURES = 3;

export class Outbox {
  readonly #options: OutboxOptions;
  /** By key, in order; empty in a tab that follows. */
  #rows: Map<number, OutboxRow> = new Map();
  /** Keys of rows that wait for an answer on the present socket. */
  readonly #inFlight: Set<number> = new Set();
  /** Keys of rows that are acknowledged and wait for the log. */
  readonly #acknowledged: Set<number> = new Set();
  readonly #pauses: Map<string, Pause> = new Map();
  #loaded = false;
  #looks = 0;
  #renewed = false;
  /** Counts starts and stops. */
  #session = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Whether a row that is added now goes out at once. */
  get flowing(): boolean {
    return this.#loaded && this.#options.connection.ready;
  }

  /** Whether nothing waits for an answer. */
  get idle(): boolean {
    return this.#inFlight.size === 0;
  }

  /** A row has been stored. */
  add(row: OutboxRow): void {
    if (this.#options.link().look() || this.#rows.has(row.key)) return;
    this.#rows.set(row.key, row);
    // Stored as waiting, while the connection came back: it is marked before it goes out.
    if (!row.sent && this.flowing) void this.#reload();
    else this.#pump();
  }

  /** Another tab has changed what is stored. */
  async look(): Promise<void> {
    // Words that come while one is looked at are looked at together.
    if (!this.flowing || this.#looks++) return;
    for (let seen = 0; seen < this.#looks;) {
      seen = this.#looks;
      await this.#reload();
    }
    this.#looks = 0;
  }

  /** What is stored is another tab's to send. */
  forget(): void {
    this.stop();
    this.#rows.clear();
  }

  /** Rows have left the database. */
  settled(conversation: string, clientId: string): void {
    for (const [key, row] of this.#rows) {
      if (row.clientId !== clientId || row.conversation !== conversation) continue;
      this.#drop(key);
      this.#resume(conversation);
    }
    this.#pump();
  }

  /** A new connection: everything that is not settled goes out again. */
  async start(): Promise<void> {
    this.stop();
    const session = this.#session;
    try {
      await findOutWhatMoved(this.#options);
    } catch (cause) {
      if (session !== this.#session) return;
      this.#options.log.error('outbox-read-failed', cause);
      // A new connection tries again.
      const message = 'What is to be sent is not certain.';
      this.#options.connection.restart(new ImError('connection/offline', message, { cause }));
    }
    if (session === this.#session) await this.#reload();
  }

  /** The connection is lost: nothing waits for an answer any more. */
  stop(): void {
    this.#session++;
    this.#loaded = false;
    this.#inFlight.clear();
    this.#acknowledged.clear();
    for (const { cancel } of this.#pauses.values()) cancel?.();
    this.#pauses.clear();
  }

  /** What is acknowledged and waits for the log may have gone from it: the answer comes once more. */
  askAgain(conversation: string): void {
    for (const row of this.#rows.values()) {
      if (row.conversation === conversation) this.#acknowledged.delete(row.key);
    }
    this.#pump();
  }

  /** The database is a new one: what waited in the old one moves over, as far as it is known. */
  async moveTo(db: Database, waiting: Waiting | undefined): Promise<void> {
    const { rows, failed } = waiting ?? { rows: [...this.#rows.values()], failed: [] };
    this.stop();
    await this.#options.link().term.write(db, async () => {
      const kept = await db.outbox.toArray();
      const known = new Set(kept.map(({ clientId }) => clientId));
      const lost = rows.filter(({ clientId }) => !known.has(clientId));
      await keepAgain(db, { rows: lost, failed }, this.#options.self());
      await renumberAll(db);
      await db.meta.put({ key: 'moved', value: 'outbox' });
    });
    this.#rows = new Map();
  }

  /** Reads the rows again, as after a renumbering, and goes on. */
  async #reload(): Promise<void> {
    const session = this.#session;
    try {
      const { storage, link } = this.#options;
      const rows = await storage.use((db) =>
        link().term.write(db, async () => {
          const all = await db.outbox.orderBy('key').toArray();
          return markSending(db, all);
        }),
      );
      this.#rows = new Map(rows.map((row) => [row.key, row]));
      this.#loaded = true;
      this.#pump();
    } catch (error) {
      const { environment, log, signal } = this.#options;
      log.error('outbox-read-failed', error);
      // Until it can be, nothing goes out; a disk that is full may have room again soon.
      const delayMs = backoffMs(RELOAD_FAILURES, FAILURE_MS, environment.random());
      environment.schedule(delayMs, () => {
        if (session === this.#session && !signal.aborted) void this.#reload();
      });
    }
  }

  #pump(): void {
    if (!this.flowing) return;
    for (const row of this.#rows.values()) {
      if (this.#inFlight.size >= LIMITS.sendsInFlight) return;
      if (this.#inFlight.has(row.key) || this.#acknowledged.has(row.key)) continue;
      if (this.#pauses.get(row.conversation)?.cancel) continue;
      void this.#send(row);
    }
  }

  async #send(row: OutboxRow): Promise<void> {
    const connection = this.#options.connection;
    const id = connection.requests.nextId();
    const { key, conversation, clientId, n, kind, bodyJson } = row;
    this.#inFlight.add(key);
    const answer = connection.requests.wait(id, TIMES.requestTimeoutMs);
    const head = JSON.stringify({ type: 'send', id, conversation, clientId, n, kind });
    connection.tellText(`${head.slice(0, -1)},"body":${bodyJson}}`);
    try {
      await answer;
      this.#inFlight.delete(key);
      // Unless the transaction that stored the acknowledgement has settled it already.
      if (this.#rows.has(key)) this.#acknowledged.add(key);
      this.#pump();
    } catch (error) {
      if (error instanceof ImError) await this.#refused(row, error);
    }
  }

  async #refused(row: OutboxRow, error: ImError): Promise<void> {
    const { log, connection } = this.#options;
    if (!this.#inFlight.has(row.key) || error.code === 'connection/offline') return;
    if (error.code === 'connection/timeout') {
      connection.restart(error);
      return;
    }
    const level = isTooFast(error) ? 'info' : 'warn';
    log[level]('send-refused', { code: error.code, conversation: row.conversation });
    if (!error.retryable) await this.#fail(row, error);
    else this.#pause(row, error);
  }

  /** Until it is noted the row stays in flight: sent once more it might be accepted after all. */
  async #fail(row: OutboxRow, error: ImError): Promise<void> {
    const { storage, link, log, onFailed } = this.#options;
    const session = this.#session;
    const note = async (db: Database): Promise<boolean> => {
      // A new connection sends it again, and hears what becomes of it.
      if (session !== this.#session) return false;
      // Rows behind it that are on the wire come back with the wrong counter and go out again.
      await markFailed(db, row, error.code);
      return true;
    };
    try {
      if (!(await storage.use((db) => link().term.write(db, () => note(db))))) return;
    } catch (cause) {
      log.error('outbox-write-failed', cause);
      // Else nobody would ever hear of it: it goes out, and is refused, once more.
      if (session === this.#session) this.#pause(row, error);
      return;
    }
    this.#drop(row.key);
    onFailed(row, error);
    await this.#reload();
  }

  /** Lets a conversation wait; the first of its rows is tried again, the others follow in order. */
  #pause({ conversation, key }: OutboxRow, error: ImError): void {
    const { environment } = this.#options;
    this.#inFlight.delete(key);
    // Later rows of a conversation fail only because an earlier one did.
    const first = [...this.#rows.values()].find((row) => row.conversation === conversation);
    const pause = this.#pauses.get(conversation) ?? { failures: 0, cancel: undefined };
    if (first?.key !== key && pause.cancel) return;
    pause.cancel?.();
    // To be too fast is no failure: the server says how long to wait.
    if (first?.key === key && !isTooFast(error)) pause.failures++;
    // A counter that does not fit says nothing of a server that needs rest.
    const share = error.code === 'message/counter' ? COUNTER_SHARE : 1;
    const delayMs =
      share * backoffMs(pause.failures - 1, pause.failures * FAILURE_MS, environment.random()) +
      (error.retryAfterMs ?? 0);
    pause.cancel = environment.schedule(delayMs, () => void this.#retry(conversation, error));
    this.#pauses.set(conversation, pause);
  }

  async #retry(conversation: string, error: ImError): Promise<void> {
    const pause = this.#pauses.get(conversation);
    if (!pause || this.#options.signal.aborted) return;
    if (error.code === 'message/counter') {
      if (pause.failures >= COUNTER_TRIES && (await this.#renumber(error))) return;
      try {
        await this.#options.resync(conversation);
      } catch {
        // Without the log the counter may still fit; a lost connection starts over anyway.
      }
    }
    if (this.#pauses.get(conversation) !== pause) return;
    pause.cancel = undefined;
    await this.#reload();
  }

  /**
   * The server counts differently, as after a restored backup: go on as a new installation, which it
   * counts from 0. Once a session, so that two ends that never agree do not chase each other.
   */
  async #renumber(error: ImError): Promise<boolean> {
    if (this.#renewed) return false;
    this.#renewed = true;
    const { log, storage, link } = this.#options;
    log.warn('device-renewed', { code: error.code });
    await storage.renewDevice(link().term);
    return true;
  }

  #resume(conversation: string): void {
    this.#pauses.get(conversation)?.cancel?.();
    this.#pauses.delete(conversation);
  }

  #drop(key: number): void {
    this.#rows.delete(key);
    this.#inFlight.delete(key);
    this.#acknowledged.delete(key);
  }
}

function isTooFast({ code }: ImError): boolean {
  return code === 'request/rate-limited';
}

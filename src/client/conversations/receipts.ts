/** How far this user has got: stored at once, told to the server in batches. */
import { LIMITS, TIMES } from '../../protocol/limits.js';
import type { OwnMark } from '../../protocol/entities.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import { Batch } from '../sync/batch.js';
import type { Link } from '../tabs/link.js';

export type ReceiptsOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly link: Link;
  readonly environment: Environment;
  /** Whether the others may know what this user has read. */
  readonly receipt: boolean;
};

type Told = { readonly at: number; readonly delivered: number; readonly read: number };

export class Receipts {
  readonly #options: ReceiptsOptions;
  readonly #waiting: Set<string> = new Set();
  /** What the present connection has been told. */
  readonly #told: Map<string, Told> = new Map();
  #cancel: (() => void) | undefined;

  constructor(options: ReceiptsOptions) {
    this.#options = options;
  }

  /** Everything up to `seq` has been seen. */
  async markRead(conversation: string, seq: number): Promise<void> {
    const { storage, mirror } = this.#options;
    const known = mirror.row(conversation);
    // Only the database knows what has come since.
    if (known && seq <= known.readSeq) return;
    const isNew = await storage.use((db) =>
      db.write(async () => {
        const needs = { conversations: new Set([conversation]) };
        const batch = await Batch.load(db, mirror.self, needs);
        const row = batch.conversation(conversation);
        if (!row || !batch.read(row, seq)) return false;
        await batch.save();
        return true;
      }),
    );
    if (!isNew) return;
    await mirror.settled();
    this.tell(conversation);
  }

  /** Has the server told how far the stored log and the own reading go. */
  tell(conversation: string): void {
    this.#waiting.add(conversation);
    this.#schedule();
  }

  /** A new connection: the newest conversations are told again, since the last marks may be lost. */
  start(): void {
    this.stop();
    // Not as they are listed: what is hidden has marks as well.
    const rows = [...this.#options.mirror.rows()].filter(({ id }) => !id.startsWith('self:'));
    rows.sort((one, other) => other.activeAt - one.activeAt);
    for (const { id } of rows.slice(0, LIMITS.marksPage)) this.#waiting.add(id);
    this.#schedule();
  }

  /** What has been told of and has moved on since is told again, should a moment have been missed. */
  check(): void {
    for (const { id, local, readSeq } of this.#options.mirror.rows()) {
      const told = this.#told.get(id);
      if (told && ((local?.to ?? 0) > told.delivered || readSeq > told.read)) this.#waiting.add(id);
    }
    this.#schedule();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#waiting.clear();
    this.#told.clear();
  }

  /** Sends at once what may go, and the rest when its time has come. */
  #schedule(): void {
    const { link, environment } = this.#options;
    // Without a connection there is nothing to wait for: the next one starts with all that count.
    if (this.#cancel || this.#waiting.size === 0 || !link.ready) return;
    const now = environment.now();
    let delayMs: number = TIMES.markIntervalMs;
    for (const id of this.#waiting) {
      const dueMs = (this.#told.get(id)?.at ?? -Infinity) + TIMES.markIntervalMs - now;
      delayMs = Math.min(delayMs, Math.max(dueMs, 0));
    }
    this.#cancel = environment.schedule(delayMs, () => {
      this.#cancel = undefined;
      this.#send();
      this.#schedule();
    });
  }

  #send(): void {
    const { link, environment } = this.#options;
    const now = environment.now();
    const marks: OwnMark[] = [];
    for (const id of this.#waiting) {
      if (now - (this.#told.get(id)?.at ?? -Infinity) < TIMES.markIntervalMs) continue;
      if (marks.length === LIMITS.marksPage) break;
      this.#waiting.delete(id);
      const mark = this.#mark(id, now);
      if (mark) marks.push(mark);
    }
    if (marks.length) link.tell({ type: 'mark', marks });
  }

  /** The mark of a conversation, unless it has been told. */
  #mark(conversation: string, now: number): OwnMark | undefined {
    const { mirror, receipt } = this.#options;
    const row = mirror.row(conversation);
    if (!row?.onServer) return;
    const delivered = row.local?.to ?? 0;
    const read = row.readSeq;
    const told = this.#told.get(conversation);
    if (delivered <= (told?.delivered ?? 0) && read <= (told?.read ?? 0)) return;
    this.#told.set(conversation, { at: now, delivered, read });
    return { conversation, delivered, read, receipt };
  }
}

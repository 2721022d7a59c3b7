/**
 * The one road to the store. While a commit is on its way the next batch gathers, so a slow disk
 * makes batches larger instead of queues longer; there is no timer.
 *
 * A work decides in `prepare`, against what all work before it has left, and only once the commit
 * before it has ended: whatever it sees is on disk or part of the same commit. If the commit fails,
 * every work of it takes its changes back.
 */
import type { User } from '../../../src/protocol/entities.js';
import type { ImError } from '../../../src/protocol/im-error.js';
import type { MarkUpdate, NewConversation, NewEvent, Store } from '../store/store.js';
import { asImError } from './as-im-error.js';
import type { CoreOptions } from './core.js';

/** Works in one commit: more make the last of them wait longer than a disk does. */
const BATCH = 512;

/** What the works of one batch want remembered. */
export type Draft = {
  readonly now: number;
  readonly users: User[];
  readonly conversations: NewConversation[];
  readonly events: NewEvent[];
  readonly marks: MarkUpdate[];
  revision: number;
};

export interface Work {
  /**
   * Adds to the commit. `skip` means that the work needs no commit and has seen to its own end;
   * `later` puts it into the next batch.
   */
  prepare(draft: Draft): 'commit' | 'skip' | 'later';
  /** All of it is on disk. */
  committed(): void;
  /** Takes back what `prepare` has changed: the commit has failed, and another may follow. */
  undo(): void;
  /** None of it is on disk, for good. `undo` has run. */
  failed(error: ImError): void;
}

export type JournalOptions = {
  readonly store: Store;
  readonly now: () => number;
  readonly turn: () => Promise<void>;
  readonly observe: NonNullable<CoreOptions['observe']>;
  /** Runs when all works of a commit have heard of it. */
  readonly afterCommit: () => void;
};

export class Journal {
  readonly #options: JournalOptions;
  #queue: Work[] = [];
  #running: Promise<void> | undefined;
  #revision: number | undefined;

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  add(work: Work): void {
    this.#queue.push(work);
    this.#running ??= this.#run();
  }

  /** Resolves when nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  /** The newest revision that is on disk. */
  async revision(): Promise<number> {
    return (this.#revision ??= await this.#options.store.revision());
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      // Lets everything that has come by now join the batch, from whatever socket.
      await this.#options.turn();
      const batch = this.#queue.length > BATCH ? this.#queue.splice(0, BATCH) : this.#queue;
      if (batch === this.#queue) this.#queue = [];
      await this.#commit(batch);
    }
    this.#running = undefined;
  }

  async #commit(batch: readonly Work[]): Promise<void> {
    let works: readonly Work[] = [];
    try {
      const revision = await this.revision();
      const draft = this.#draft(revision);
      works = this.#prepare(batch, draft);
      if (works.length === 0) return;
      await this.#options.store.commit(draft);
      this.#revision = draft.revision;
      this.#options.observe({ type: 'committed', events: draft.events.length, commits: 1 });
    } catch (error) {
      await this.#undo(works.length > 0 ? works : batch, error);
      return;
    }
    for (const work of works) work.committed();
    this.#options.afterCommit();
  }

  #draft(revision: number): Draft {
    const now = this.#options.now();
    return { now, users: [], conversations: [], events: [], marks: [], revision };
  }

  #prepare(batch: readonly Work[], draft: Draft): readonly Work[] {
    let later = 0;
    return batch.filter((work) => {
      const verdict = work.prepare(draft);
      if (verdict === 'later') this.#queue.splice(later++, 0, work);
      return verdict === 'commit';
    });
  }

  /** One work that the store will not have must not take the others with it: halves find it. */
  async #undo(works: readonly Work[], cause: unknown): Promise<void> {
    const error = asImError(cause);
    for (const work of works) work.undo();
    if (error.code === 'server/store-unavailable' || works.length === 1) {
      if (error.code.startsWith('server/'))
        this.#options.observe({ type: 'store-failed', error: cause });
      for (const work of works) work.failed(error);
      return;
    }
    const half = works.length >> 1;
    await this.#commit(works.slice(0, half));
    await this.#commit(works.slice(half));
  }
}

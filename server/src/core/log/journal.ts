/**
 * The one road to the store. While a commit is on its way the next batch gathers, so a slow disk
 * makes batches larger instead of queues longer; there is no timer.
 *
 * A work decides in `prepare`, against what all work before it has left, and only once the commit
 * before it has ended: whatever it sees is on disk or part of the same commit. If the commit fails,
 * every work of it takes its changes back.
 */
import type { User } from '../../../../src/protocol/entities.js';
import type { ImError } from '../../../../src/protocol/im-error.js';
import type {
  Blank,
  ChangeUpdate,
  CounterUpdate,
  DeviceUpdate,
  MarkUpdate,
  NewConversation,
  NewEvent,
  Revocation,
  SignOut,
  Store,
  Trim,
} from '../../store/store.js';
import { asImError } from '../as-im-error.js';
import type { CoreOptions } from '../core.js';

/** Works in one commit: more make the last of them wait longer than a disk does. */
const BATCH = 512;

/** What the works of one batch want remembered. */
export type Draft = {
  readonly now: number;
  readonly users: User[];
  readonly conversations: NewConversation[];
  readonly events: NewEvent[];
  readonly changes: ChangeUpdate[];
  readonly blanks: Blank[];
  readonly counters: CounterUpdate[];
  readonly marks: MarkUpdate[];
  readonly devices: DeviceUpdate[];
  readonly signOuts: SignOut[];
  readonly forgotten: { readonly user: string; readonly device: string }[];
  readonly revocations: Revocation[];
  readonly trims: Trim[];
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
  /**
   * A commit has failed by this work or another of it, not by the disk; `undo` has run. Resolves with
   * whether it wants something else now. Rejects with why it is to fail at once.
   */
  reconsider?(error: ImError): Promise<boolean>;
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
    // Its faults are told where nobody waits; here they only mean that it has ended.
    while (this.#running) await this.#running.catch(() => undefined);
  }

  /** The newest revision that is on disk. */
  async revision(): Promise<number> {
    return (this.#revision ??= await this.#options.store.revision());
  }

  async #run(): Promise<void> {
    try {
      while (this.#queue.length > 0) {
        // Lets everything that has come by now join the batch, from whatever socket.
        await this.#options.turn();
        const batch = this.#queue.length > BATCH ? this.#queue.splice(0, BATCH) : this.#queue;
        if (batch === this.#queue) this.#queue = [];
        await this.#commit(batch);
      }
    } finally {
      // A fault of one batch, in whoever hears of it, must not stop those that come after.
      this.#running = this.#queue.length > 0 ? this.#run() : undefined;
    }
  }

  async #commit(batch: readonly Work[]): Promise<void> {
    const works: Work[] = [];
    // Those that have not been asked yet: of the others, some have seen to their own end.
    const rest = [...batch];
    let events: number;
    try {
      const draft = this.#draft(await this.revision());
      this.#prepare(rest, draft, works);
      if (works.length === 0) return;
      await this.#options.store.commit(draft);
      this.#revision = draft.revision;
      events = draft.events.length;
    } catch (error) {
      await this.#undo([...works, ...rest], error);
      return;
    }
    for (const work of works) work.committed();
    this.#options.afterCommit();
    this.#options.observe({ type: 'committed', events, commits: 1 });
  }

  #draft(revision: number): Draft {
    return {
      now: this.#options.now(),
      users: [],
      conversations: [],
      events: [],
      changes: [],
      blanks: [],
      counters: [],
      marks: [],
      devices: [],
      signOuts: [],
      forgotten: [],
      revocations: [],
      trims: [],
      revision,
    };
  }

  /** Moves works from `rest` to `works` when they want to be part of the commit. */
  #prepare(rest: Work[], draft: Draft, works: Work[]): void {
    let done = 0;
    let later = 0;
    try {
      for (const work of rest) {
        const verdict = work.prepare(draft);
        done++;
        if (verdict === 'commit') works.push(work);
        else if (verdict === 'later') this.#queue.splice(later++, 0, work);
      }
    } finally {
      rest.splice(0, done);
    }
  }

  /** One work that the store will not have must not take the others with it: halves find it. */
  async #undo(works: readonly Work[], cause: unknown): Promise<void> {
    const error = asImError(cause);
    for (const work of works) work.undo();
    if (error.code === 'server/store-unavailable') {
      this.#fail(works, error, cause);
      return;
    }
    const { kept, changed } = await this.#reconsider(works, error);
    if (changed) {
      await this.#commit(kept);
      return;
    }
    if (works.length === 1) {
      this.#fail(works, error, cause);
      return;
    }
    const half = works.length >> 1;
    try {
      await this.#commit(works.slice(0, half));
    } finally {
      await this.#commit(works.slice(half));
    }
  }

  /** All at once, so that a crowd of repeats costs one commit more, not one each. */
  async #reconsider(
    works: readonly Work[],
    error: ImError,
  ): Promise<{ readonly kept: readonly Work[]; readonly changed: boolean }> {
    const kept: Work[] = [];
    let changed = false;
    for (const work of works) {
      try {
        if (await work.reconsider?.(error)) changed = true;
        kept.push(work);
      } catch (fault) {
        this.#fail([work], asImError(fault), fault);
        changed = true;
      }
    }
    return { kept, changed };
  }

  #fail(works: readonly Work[], error: ImError, cause: unknown): void {
    for (const work of works) work.failed(error);
    if (!error.code.startsWith('server/')) return;
    this.#options.observe({ type: 'store-failed', error: cause });
  }
}

/** Tells those who wait for a catch-up how far it has come. */
import type { Environment } from '../environment.js';
import type { Progress } from '../public.js';
import type { Pulls } from './pulls.js';

export type CatchUpProgressOptions = {
  readonly environment: Environment;
  readonly pulls: Pick<Pulls, 'count' | 'forget'>;
  /** Conversations that are still to be brought up to date. */
  readonly remaining: () => number;
  readonly tell: (progress: Progress) => void;
};

/** Counted and told this often at most, however fast pages come. */
const STEP_MS = 250;

export class CatchUpProgress {
  readonly #options: CatchUpProgressOptions;
  #done = 0;
  #total = 0;
  #hasMoved = false;
  /** Ends the time in which nothing is told. */
  #cancel: (() => void) | undefined;

  constructor(options: CatchUpProgressOptions) {
    this.#options = options;
  }

  /** What has been fetched so far was for another catch-up. */
  restart(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#done = this.#total = 0;
    this.#options.pulls.forget();
  }

  /** Something has been found missing, or has come. The beginning and the end are told at once. */
  moved(): void {
    const { environment, remaining } = this.#options;
    this.#hasMoved = true;
    if (remaining() === 0) {
      this.#tell();
      this.restart();
    } else if (!this.#cancel) {
      this.#tell();
      this.#cancel = environment.schedule(STEP_MS, () => {
        this.#cancel = undefined;
        if (this.#hasMoved) this.moved();
      });
    }
  }

  #tell(): void {
    const { pulls, remaining, tell } = this.#options;
    const { done, left } = pulls.count();
    this.#hasMoved = false;
    // A log may end sooner than was believed: nothing of it is missing any more.
    this.#total = Math.max(this.#total, Math.max(this.#done, done) + left);
    this.#done = this.#total - left;
    tell({ remaining: remaining(), done: this.#done, total: this.#total });
  }
}

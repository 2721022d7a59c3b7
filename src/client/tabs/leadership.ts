/** Which of a browser's tabs leads: the one that holds a lock. */
import type { LockOptions, Locks } from '../environment.js';
import type { Term } from './term.js';

/** `resting` is a frozen page: it can neither lead nor follow. */
export type Role = 'undecided' | 'leading' | 'following' | 'resting';

export type LeadershipOptions = {
  readonly term: Term;
  readonly signal: AbortSignal;
  readonly onRole: (role: Role, before: Role) => void;
};

export class Leadership {
  role: Role = 'undecided';
  readonly #options: LeadershipOptions;
  #locks: Locks | undefined;
  #name = '';
  /** Lets go of the lock, or stops waiting for it. */
  #leave: () => void = () => undefined;
  #begin: () => void = () => undefined;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: LeadershipOptions) {
    this.#options = options;
    this.#nextTurn();
    options.signal.addEventListener('abort', () => {
      this.#leave();
      this.#begin();
    });
  }

  get leads(): boolean {
    return this.role === 'leading';
  }

  /** Resolves when this tab leads, and after the end. */
  turn(): Promise<void> {
    return this.#turn;
  }

  /** Takes part in the election of a place. */
  join(locks: Locks, name: string): void {
    this.#locks = locks;
    this.#name = name;
    this.#elect({ ifAvailable: true });
  }

  /** Leads without others: what this tab keeps is its own. */
  goAlone(): void {
    this.#locks = undefined;
    this.#leave();
    this.#options.term.value = 0;
    this.#become('leading');
  }

  /** The leader does not answer: takes the lock away from it. */
  steal(): void {
    if (this.role === 'following') this.#elect({ steal: true });
  }

  /** Somebody else leads, whatever became of the lock. */
  stepDown(): void {
    if (this.leads && this.#locks) this.#follow();
  }

  /** The page is about to be frozen: another tab may lead. */
  rest(): void {
    if (!this.#locks) return;
    this.#leave();
    this.#become('resting');
  }

  wake(): void {
    if (this.role === 'resting') this.#elect({ ifAvailable: true });
  }

  #elect(how: LockOptions): void {
    this.#leave();
    const leaving = new AbortController();
    const { signal } = leaving;
    this.#leave = () => leaving.abort();
    // A signal goes with waiting only.
    const options = how.ifAvailable || how.steal ? how : { signal };
    const hold = (lock: unknown): Promise<void> | undefined => {
      if (signal.aborted || this.#options.signal.aborted) return;
      if (!lock) {
        this.#follow();
        return;
      }
      this.#become('leading');
      return new Promise((release) => signal.addEventListener('abort', () => release()));
    };
    this.#locks?.request(this.#name, options, hold).catch(() => {
      if (signal.aborted) return;
      // Stolen; or there are no locks here at all, as in a page without an origin.
      if (this.leads) this.#follow();
      else this.goAlone();
    });
  }

  #follow(): void {
    this.#become('following');
    this.#elect({});
  }

  #become(role: Role): void {
    const before = this.role;
    if (role === before) return;
    this.role = role;
    if (role === 'leading') this.#begin();
    else if (before === 'leading') {
      this.#options.term.value = undefined;
      this.#nextTurn();
    }
    this.#options.onRole(role, before);
  }

  #nextTurn(): void {
    this.#turn = new Promise((begin) => (this.#begin = begin));
  }
}

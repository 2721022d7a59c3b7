/**
 * Virtual time. Everything that happens is an event of this queue; between two of them all promises
 * settle, so that nothing depends on how fast the machine is.
 */

/** Whoever an event belongs to: what it leads to belongs to the same. */
export type Owner = {
  readonly name: string;
  /** How long this owner's storage takes for one step, in milliseconds; some steps wait for others. */
  readonly stepMs: () => number;
  /** When its last step is due: steps keep their order. */
  lastStepAt: number;
};

type Entry = {
  readonly at: number;
  readonly order: number;
  readonly owner: Owner;
  task: (() => void) | undefined;
};

/** The runtime's own, taken before `globals.ts` puts another in its place. */
const nextTurn = globalThis.setImmediate;
/** Turns asked for at once: between two of them promises settle, but no look at the sockets is needed. */
const TURNS = 64;
/** Many times what a run has: it goes round in a circle. */
const MOST_EVENTS = 400_000;

export class Clock {
  /** Milliseconds since the run began. */
  now = 0;
  /** Who the present event belongs to. */
  owner: Owner = { name: 'nobody', stepMs: () => 1, lastStepAt: 0 };
  /** How many events have happened. */
  events = 0;
  readonly #heap: Entry[] = [];
  #order = 0;

  /** Has `task` happen once after `delayMs`, unless the function it gives is called before. */
  schedule(owner: Owner, delayMs: number, task: () => void): () => void {
    const entry: Entry = { at: this.now + Math.max(0, delayMs), order: this.#order++, owner, task };
    this.#push(entry);
    return () => (entry.task = undefined);
  }

  /** A step of the present owner's storage. */
  step(task: () => void): void {
    const { owner } = this;
    owner.lastStepAt = Math.max(owner.lastStepAt, this.now + owner.stepMs());
    this.schedule(owner, owner.lastStepAt - this.now, task);
  }

  /** Resolves after `delayMs`. */
  wait(owner: Owner, delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(owner, delayMs, resolve));
  }

  /** Lets everything up to `end` happen, or stops as soon as `isDone` says so. */
  run(end: number, isDone: () => boolean = () => false): Promise<void> {
    return turns(() => {
      if (isDone()) return false;
      const next = this.#next(end);
      if (!next) {
        this.now = end;
        return false;
      }
      this.now = next.at;
      this.owner = next.owner;
      if (++this.events > MOST_EVENTS) throw new Error('The run has no end.');
      next.task?.();
      return true;
    });
  }

  #next(end: number): Entry | undefined {
    for (;;) {
      const first = this.#heap[0];
      if (!first || first.at > end) return;
      this.#pop();
      if (first.task) return first;
    }
  }

  #push(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (!parent || isBefore(parent, entry)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      let child = heap[below];
      const other = heap[below + 1];
      if (child && other && isBefore(other, child)) {
        child = other;
        below++;
      }
      if (!child || isBefore(last, child)) break;
      heap[index] = child;
      index = below;
    }
    heap[index] = last;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}

/** Calls `step` again and again, each time when all promises have settled, until it gives false. */
function turns(step: () => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    let isOver = false;
    const turn = (): void => {
      if (isOver) return;
      try {
        isOver = !step();
        if (isOver) resolve();
      } catch (error) {
        isOver = true;
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const ask = (): void => {
      for (let count = 1; count < TURNS; count++) nextTurn(turn);
      nextTurn(() => {
        turn();
        if (!isOver) ask();
      });
    };
    ask();
  });
}

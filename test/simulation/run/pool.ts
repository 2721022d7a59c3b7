/** A few child processes that work off a list of jobs. */
import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { makeBundle, type Bundle } from './bundle.js';
import type { Edit } from '../mutants.js';
import type { Answer, Job } from './jobs.js';
import { makePlan } from './plan.js';

/** A run takes a fraction of a second; what takes this long has no end. */
const RUN_DEADLINE_MS = 60_000;
const SHRINK_DEADLINE_MS = 300_000;

type Idle = (child: ChildProcess) => void;

export class Pool {
  readonly #bundle: Bundle;
  readonly #children: Set<ChildProcess> = new Set();
  readonly #idle: ChildProcess[] = [];
  readonly #waiting: Idle[] = [];
  readonly #most: number;

  private constructor(bundle: Bundle, most: number) {
    this.#bundle = bundle;
    this.#most = most;
  }

  /** @param edits - Faults that the product gets for the occasion. */
  static async open(edits: readonly Edit[] = [], most?: number): Promise<Pool> {
    return new Pool(await makeBundle(edits), most ?? availableParallelism());
  }

  /** How many jobs are worked off at once. */
  get size(): number {
    return this.#most;
  }

  async run(job: Job): Promise<Answer> {
    const child = await this.#take();
    const outcome = await ask(child, job);
    if (outcome && isClean(job, outcome)) this.#giveBack(child);
    else this.#replace(child);
    return outcome ?? lost(job);
  }

  /** Runs the seeds from `from` on, until `onAnswer` has had enough. */
  async runSeeds(
    from: number,
    count: number,
    onAnswer: (answer: Answer) => boolean | Promise<boolean>,
  ): Promise<void> {
    let next = from;
    let goesOn = true;
    const work = async (): Promise<void> => {
      while (goesOn && next < from + count) {
        goesOn = (await onAnswer(await this.run({ type: 'seed', seed: next++ }))) && goesOn;
      }
    };
    await Promise.all(Array.from({ length: this.#most }, work));
  }

  close(): void {
    for (const child of this.#children) child.kill();
    this.#bundle.remove();
  }

  #take(): ChildProcess | Promise<ChildProcess> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#children.size < this.#most) return this.#fork();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #giveBack(child: ChildProcess): void {
    const next = this.#waiting.shift();
    if (next) next(child);
    else this.#idle.push(child);
  }

  /** Ends a child; another one takes its place when there is something to do. */
  #replace(child: ChildProcess): void {
    child.kill();
    this.#children.delete(child);
    const next = this.#waiting.shift();
    if (next) next(this.#fork());
  }

  #fork(): ChildProcess {
    const child = fork(this.#bundle.file, {
      execArgv: ['--enable-source-maps', '--max-semi-space-size=64'],
    });
    this.#children.add(child);
    return child;
  }
}

/** Resolves with undefined when the child dies over it, or does not come to an end. */
function ask(child: ChildProcess, job: Job): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const deadlineMs = job.type === 'shrink' ? SHRINK_DEADLINE_MS : RUN_DEADLINE_MS;
    const timer = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
    const finish = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(answer);
    };
    child.once('message', (answer) => finish(answer as Answer));
    child.once('exit', () => finish(undefined));
    child.send(job);
  });
}

/** Whether what a job has left in its process is no more than another finds in a new one. */
function isClean(job: Job, { result }: Answer): boolean {
  // Of the many runs of a shrinking any may have broken off.
  return job.type !== 'shrink' && !result.isCutShort;
}

function lost(job: Job): Answer {
  const plan = job.type === 'seed' ? makePlan(job.seed) : job.plan;
  const violations = ['hung: the run came to no end'];
  const nothing = { hash: '', events: 0, messages: 0, trace: [], isCutShort: true };
  return { plan, result: { seed: plan.seed, violations, ...nothing } };
}

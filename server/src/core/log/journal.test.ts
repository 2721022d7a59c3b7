import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { MemoryStore } from '../../store/memory-store.js';
import type { CoreEvent } from '../core.js';
import { Journal, type Draft, type Work } from './journal.js';

type Verdict = 'commit' | 'skip' | 'throw';

/** A work that makes a person, and writes down what it is told. */
class Probe implements Work {
  readonly told: string[] = [];
  readonly #id: string;
  readonly #verdict: Verdict;

  constructor(id: string, verdict: Verdict = 'commit') {
    this.#id = id;
    this.#verdict = verdict;
  }

  prepare(draft: Draft): 'commit' | 'skip' {
    if (this.#verdict === 'throw') throw new RangeError('It is too deep.');
    if (this.#verdict === 'commit') draft.users.push({ id: this.#id, name: this.#id });
    else this.told.push('skipped');
    return this.#verdict;
  }

  committed(): void {
    this.told.push('committed');
  }

  undo(): void {
    // Nothing has changed.
  }

  failed(): void {
    this.told.push('failed');
  }
}

describe('the journal', () => {
  let store: MemoryStore;
  let journal: Journal;
  let observe: (event: CoreEvent) => void;

  beforeEach(() => {
    store = new MemoryStore();
    observe = () => undefined;
    journal = new Journal({
      store,
      now: () => 0,
      turn: () => Promise.resolve(),
      observe: (event) => observe(event),
      afterCommit: () => undefined,
    });
  });

  test('ends each work once when one of them throws, and keeps the others', async () => {
    const works = [
      new Probe('alice'),
      new Probe('bob', 'skip'),
      new Probe('lin', 'throw'),
      new Probe('mara'),
      new Probe('tom', 'skip'),
    ];
    for (const work of works) journal.add(work);
    await journal.idle();
    assert.deepEqual(
      works.map(({ told }) => told.join()),
      ['committed', 'skipped', 'failed', 'committed', 'skipped'],
    );
    const kept = await store.users(['alice', 'bob', 'lin', 'mara', 'tom']);
    assert.deepEqual(
      kept.map(({ id }) => id),
      ['alice', 'mara'],
    );
  });

  test('goes on after whoever hears of a commit has thrown', async () => {
    const faults: unknown[] = [];
    const onFault = (error: unknown): void => void faults.push(error);
    process.on('unhandledRejection', onFault);
    observe = () => {
      throw new Error('ENOSPC');
    };
    const first = new Probe('alice');
    journal.add(first);
    await journal.idle();
    observe = () => undefined;
    const second = new Probe('bob');
    journal.add(second);
    await journal.idle();
    await new Promise(setImmediate);
    process.off('unhandledRejection', onFault);
    assert.deepEqual([first.told, second.told], [['committed'], ['committed']]);
    assert.equal((await store.users(['bob'])).length, 1);
  });
});

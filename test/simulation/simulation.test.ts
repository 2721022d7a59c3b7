import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { MUTANTS } from './mutants.js';
import type { Answer } from './run/jobs.js';
import { makePlan } from './run/plan.js';
import { Pool } from './run/pool.js';

const SEEDS = 300;

/** What to do with a failure, so that whoever sees it can go on from there. */
function report({ result: { seed, violations } }: Answer): string {
  const again = `npm run simulate -- --from ${seed} --seeds 1`;
  return [`Seed ${seed}: ${violations.slice(0, 5).join('; ')}`, again].join('\n');
}

describe('clients and a server in virtual time', () => {
  let pool: Pool;

  before(async () => {
    pool = await Pool.open();
  });

  after(() => pool.close());

  test('keep every promise whatever goes wrong', async () => {
    const failed: string[] = [];
    let messages = 0;
    await pool.runSeeds(1, SEEDS, (answer) => {
      messages += answer.result.messages;
      if (answer.result.violations.length > 0) failed.push(report(answer));
      return true;
    });
    assert.deepEqual(failed, []);
    // A simulation in which nothing happens would pass as well.
    assert.ok(messages > SEEDS * 10, `${messages} messages`);
  });

  test('do the same again when they are run again, in whatever process', async () => {
    const seeds = [3, 14, 15, 92, 65];
    const hashes = async (): Promise<readonly string[]> => {
      const answers = await Promise.all(seeds.map((seed) => pool.run({ type: 'seed', seed })));
      return answers.map(({ result }) => result.hash);
    };
    const first = await hashes();
    assert.deepEqual(await hashes(), first);
    const other = await Pool.open([], 1);
    try {
      for (const [index, seed] of [...seeds.entries()].reverse()) {
        const { result } = await other.run({ type: 'seed', seed });
        assert.equal(result.hash, first[index]);
      }
    } finally {
      other.close();
    }
  });
});

test('a run that breaks off leaves nothing to the next one of its process', async () => {
  const pool = await Pool.open([], 1);
  try {
    const alone = await pool.run({ type: 'seed', seed: 3 });
    const plan = makePlan(3);
    const broken = { at: 20_000, do: 'wake', device: 'of nobody', byHand: true } as const;
    const { result } = await pool.run({ type: 'plan', plan: { ...plan, steps: [broken] } });
    assert.match(result.violations.join(), /^uncaught: Error: There is no device of nobody/);
    const after = await pool.run({ type: 'seed', seed: 3 });
    assert.deepEqual(after.result.violations, []);
    assert.equal(after.result.hash, alone.result.hash);
  } finally {
    pool.close();
  }
});

test('a failure is made short, and is repeated by its script', async () => {
  const mutant = MUTANTS.find(({ name }) => name === 'step over a gap');
  const pool = await Pool.open(mutant?.edits);
  try {
    let failing: Answer | undefined;
    await pool.runSeeds(1, 100, (answer) => {
      if (answer.result.violations.length > 0) failing ??= answer;
      return failing === undefined;
    });
    assert.ok(failing);
    const { plan, result } = await pool.run({ type: 'shrink', plan: failing.plan });
    assert.ok(plan.steps.length <= 6, `${plan.steps.length} steps`);
    assert.ok(plan.steps.length < failing.plan.steps.length);
    // As it is written down and read again.
    const script = JSON.parse(JSON.stringify(plan)) as typeof plan;
    const again = await pool.run({ type: 'plan', plan: script });
    assert.equal(again.result.hash, result.hash);
    assert.notDeepEqual(again.result.violations, []);
  } finally {
    pool.close();
  }
});

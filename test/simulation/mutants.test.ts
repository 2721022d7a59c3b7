import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { MUTANTS, type Mutant } from './mutants.js';
import { makeBundle } from './run/bundle.js';
import { Pool } from './run/pool.js';

/** The first seed that finds a mutant by the promise that it breaks, and how. */
async function find({ edits, within, breaks }: Mutant): Promise<string | undefined> {
  const pool = await Pool.open(edits);
  let found: string | undefined;
  try {
    await pool.runSeeds(1, within, ({ result: { seed, violations } }) => {
      const first = violations.find((violation) => violation.startsWith(`${breaks}:`));
      if (first !== undefined) found ??= `seed ${seed}, ${first}`;
      return found === undefined;
    });
  } finally {
    pool.close();
  }
  return found;
}

describe('the simulation finds a product that would', () => {
  for (const mutant of MUTANTS) {
    test(mutant.name, async (context) => {
      const found = await find(mutant);
      assert.ok(found, `It lived through ${mutant.within} seeds.`);
      context.diagnostic(found);
    });
  }
});

test('a mutant that fits the source no more is refused', async () => {
  const file = 'src/client/outbox/outbox.ts';
  const edit = (find: string): Promise<unknown> => makeBundle([{ file, find, replace: '' }]);
  await assert.rejects(edit('there is no such line'), /has 0 times/);
  await assert.rejects(edit('import '), /times: import/);
  await assert.rejects(
    makeBundle([{ file: 'src/elements/context.ts', find: 'x', replace: 'y' }]),
    /Nothing imports/,
  );
});

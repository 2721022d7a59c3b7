import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ChangeStory, PAIR, ReadingDevice, SELF, type Step } from '../helpers/change-story.js';
import { stateText, storedState } from '../helpers/state-hash.js';

const RUNS = Number(process.env.CHANGE_STORIES ?? 10_000);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ what: fc.nat(99), who: fc.nat(9), where: fc.nat(9), which: fc.nat(99) }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

async function textOf({ db }: ReadingDevice, conversation: string): Promise<string> {
  return stateText(await storedState(db, conversation));
}

test(
  'all devices fold the same, whatever pages they read in which order',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 9 }), async (story, limit) => {
        const devices = [new ReadingDevice(), new ReadingDevice(), new ReadingDevice()];
        const told = new ChangeStory(devices);
        await told.play(story);
        await told.finish(limit);
        const replay = new ReadingDevice();
        await replay.readAll(told.self, 200);
        await replay.readAll(told.pair, 200);
        for (const id of [PAIR, SELF]) {
          const expected = await textOf(replay, id);
          for (const device of devices) assert.equal(await textOf(device, id), expected);
        }
        for (const { db } of devices) {
          assert.deepEqual(await db.outbox.toArray(), []);
          for (const table of [db.changes, db.registers]) {
            for (const { pending } of await table.toArray()) assert.deepEqual(pending, []);
          }
        }
      }),
      { numRuns: RUNS, includeErrorInReport: true },
    );
  },
);

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

test('a page that was under way while its messages were taken back comes without their words', async () => {
  const { pair } = new ChangeStory([]);
  pair.append('bob', 'k1', 'text', { text: 'The code is 4711' });
  pair.append('bob', 'k2', 'edit', { target: 1, version: 2, text: 'The code is 4712' });
  pair.append('bob', 'k3', 'text', { text: 'Sorry' });
  const device = new ReadingDevice();
  await device.readUp(pair, 1);
  await device.askDown(pair, 2);
  pair.append('bob', 'k4', 'recall', { target: 1 });
  await device.readUp(pair, 1);
  await device.takeLate(pair);
  const { messages } = await storedState(device.db, PAIR);
  assert.deepEqual(
    messages.map(({ body }) => JSON.stringify(body).includes('code')),
    [false, false, false, false],
  );
});

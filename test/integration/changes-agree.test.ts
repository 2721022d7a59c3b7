import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Database } from '../../src/client/database/database.js';
import { ChangeStory, PAIR, ReadingDevice, SELF, type Step } from '../helpers/change-story.js';
import { stateText, storedState } from '../helpers/state-hash.js';

const RUNS = Number(process.env.CHANGE_STORIES ?? 10_000);
/** With databases that take their time. */
const SLOW_RUNS = Math.ceil(RUNS / 500);

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ what: fc.nat(99), who: fc.nat(9), where: fc.nat(9), which: fc.nat(99) }),
  { minLength: 5, maxLength: 40, size: 'max' },
);

async function textOf({ db }: ReadingDevice, conversation: string): Promise<string> {
  return stateText(await storedState(db, conversation));
}

/** Three devices live through a story; another one reads the logs from their beginning. */
async function agree(
  story: readonly Step[],
  limit: number,
  device: () => Promise<ReadingDevice>,
): Promise<void> {
  const devices = [await device(), await device(), await device()];
  const told = new ChangeStory(devices);
  await told.play(story);
  await told.finish(limit);
  const replay = await device();
  await replay.readAll(told.self, 200);
  await replay.readAll(told.pair, 200);
  for (const id of [PAIR, SELF]) {
    const expected = await textOf(replay, id);
    for (const one of devices) assert.equal(await textOf(one, id), expected);
  }
  for (const { db } of devices) {
    assert.deepEqual(await db.outbox.toArray(), []);
    for (const row of await db.conversations.toArray()) assert.equal(row.waitingChanges ?? 0, 0);
    for (const table of [db.changes, db.registers]) {
      for (const { pending } of await table.toArray()) assert.deepEqual(pending, []);
    }
  }
}

async function storedDevice(): Promise<ReadingDevice> {
  const db = new Database('device', { indexedDB: new IDBFactory(), IDBKeyRange });
  await db.open();
  return new ReadingDevice(db);
}

describe('devices fold the same, whatever pages they read in which order', () => {
  const limits = fc.integer({ min: 1, max: 9 });

  test('in thousands of stories', { timeout: 600_000 }, async () => {
    const story = fc.asyncProperty(steps, limits, (list, limit) =>
      agree(list, limit, async () => new ReadingDevice()),
    );
    await fc.assert(story, { numRuns: RUNS, includeErrorInReport: true });
  });

  test('over IndexedDB itself', { timeout: 120_000 }, async () => {
    const story = fc.asyncProperty(steps, limits, (list, limit) =>
      agree(list, limit, storedDevice),
    );
    await fc.assert(story, { numRuns: SLOW_RUNS, includeErrorInReport: true });
  });

  test('when a page was under way while its messages were taken back', async () => {
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
    const told = messages.map(({ body }) => JSON.stringify(body).includes('code'));
    assert.deepEqual(told, [false, false, false, false]);
  });
});

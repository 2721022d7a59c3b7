import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settle, TestCore } from '../../../../test/helpers/core-device.js';

const PAIR = 'c2c:alice:bob';

test('a mark that is on disk before the server knows of that is told by the next sync at the latest', async () => {
  const world = await TestCore.open();
  await world.core.post(PAIR, 'alice', 'text', { text: 'The boat leaves at nine.' });
  const bob = await world.connect('bob');
  const early = await world.connect('alice');
  const { cursor } = await early.ask('heads', { type: 'sync', cursor: '' });

  const commit = world.store.commit.bind(world.store);
  let answer = (): void => undefined;
  world.store.commit = async (draft) => {
    await commit(draft);
    await new Promise<void>((resolve) => (answer = resolve));
  };
  bob.say({ type: 'mark', marks: [{ conversation: PAIR, delivered: 1, read: 1, receipt: true }] });
  await settle();
  const between = await early.ask('heads', { type: 'sync', cursor });
  // Its line is cut before the mark could be told.
  early.session.closed();
  answer();
  await settle();

  const late = await world.connect('alice');
  const { heads } = await late.ask('heads', { type: 'sync', cursor: between.cursor });
  assert.deepEqual(heads[0]?.marks, [{ user: 'bob', delivered: 1, read: 1 }]);
});

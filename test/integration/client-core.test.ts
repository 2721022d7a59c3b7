import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { World } from '../helpers/core-world.js';
import { isConnected, texts, until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');

describe('two clients and the rules of the server', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
  });

  afterEach(() => world.stop());

  test('a message goes from one to the other, and its state comes back', async () => {
    const alice = world.client(world.device('alice'));
    const bob = world.client(world.device('bob'));
    await until(bob.connection, isConnected);
    const own = alice.history(PAIR);
    const sent = await alice.sendText(PAIR, 'Is the gate open?');
    assert.equal(sent.own, true);

    const seen = await until(bob.conversations, (list) => list[0]?.unread === 1);
    assert.equal(seen[0]?.title, 'Alice');
    const window = bob.history(PAIR);
    const state = await until(window.state, ({ messages }) => messages.length === 1);
    assert.deepEqual(texts(state), ['Is the gate open?']);
    assert.equal(state.messages[0]?.id, sent.id);

    await until(own.state, ({ messages }) => messages[0]?.state.status === 'delivered');
    await bob.markRead(PAIR, 1);
    await until(own.state, ({ messages }) => messages[0]?.state.status === 'read');
    await until(bob.totalUnread, (unread) => unread === 0);
  });

  test('what a client can do may be taken out of it', async () => {
    const alice = world.client(world.device('alice'));
    const { content } = await alice.sendText.call(undefined as never, PAIR, 'Is the gate open?');
    assert.deepEqual(content, { type: 'text', text: 'Is the gate open?' });
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
  });

  test('a client that is destroyed complains of nothing', async (context) => {
    for (let index = 0; index < 30; index++) {
      await world.core.post(PAIR, 'bob', 'text', { text: `Message ${index}` });
    }
    const complaints: unknown[] = [];
    for (const level of ['error', 'warn'] as const) {
      context.mock.method(console, level, (...words: unknown[]) => complaints.push(words));
    }
    for (let turns = 0; turns < 24; turns++) {
      const alice = world.client(world.device('alice'), {}, { logLevel: 'warn' });
      await alice.setDraft(PAIR, 'See you');
      for (let turn = 0; turn < turns; turn++)
        await new Promise((resolve) => setImmediate(resolve));
      await alice.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(complaints, []);
  });
});

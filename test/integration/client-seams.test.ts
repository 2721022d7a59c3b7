import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

let world: World;

beforeEach(async () => {
  world = new World();
  await world.people('alice', 'bob');
});

afterEach(() => world.stop());

test('what happens while a new conversation is being described is asked for at once', async () => {
  const gate = (world.gate = new Gate());
  const alice = await connected(world.client(world.device('alice')));
  let answers = 0;
  // Nobody tells of the conversation, and the first answer is as old as the question.
  gate.fromServer = ({ type, id }) => type !== 'head' || id !== undefined;
  gate.alter = (frame) => {
    if (frame.type !== 'head' || ++answers > 1) return frame;
    const head = frame.head as Record<string, unknown>;
    return { ...frame, head: { ...head, lastSeq: 0, unread: 0, last: undefined } };
  };
  await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
  await world.core.post(PAIR, 'bob', 'text', { text: 'two' });
  // Long before a heartbeat would find out.
  const pair = await until(alice.conversation(PAIR), (shown) => shown?.lastSeq === 2, 5_000);
  assert.equal(pair?.unread, 2);
  await showing(alice.history(PAIR), ['one', 'two']);
});

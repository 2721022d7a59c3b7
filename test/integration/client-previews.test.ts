import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { message, once, sent } from '../helpers/change-ways.js';
import { connected } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('the preview of a conversation', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
  });

  afterEach(() => world.stop());

  async function pair() {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    return { alice, bob, own: alice.history(PAIR), other: bob.history(PAIR) };
  }

  test('the list previews the newest message that was not removed for me', async () => {
    const { alice, bob, own, other } = await pair();
    const two = await sent(bob, PAIR, 'Two');
    const three = await sent(bob, PAIR, 'Three');
    const four = await sent(bob, PAIR, 'Four');
    await message(own, four);
    const previews = (client: ImClient, text: string): Promise<unknown> =>
      until(client.conversation(PAIR), (now) => {
        const content = now?.last?.content;
        return content?.type === 'text' && content.text === text;
      });
    await alice.remove(PAIR, four, { for: 'me' });
    await previews(alice, 'Three');
    await alice.remove(PAIR, three, { for: 'me' });
    await previews(alice, 'Two');
    await bob.edit(PAIR, two, 'Two and a half');
    await previews(alice, 'Two and a half');
    await bob.recall(PAIR, two);
    await until(alice.conversation(PAIR), (now) => now?.last?.content.type === 'gone');
    await message(other, four);
    await previews(bob, 'Four');
    await sent(bob, PAIR, 'Five');
    await previews(alice, 'Five');
  });

  test('the preview is as before when the server refuses to change it', async () => {
    await world.stop();
    world = new World(undefined, { policy: { recallMs: 1 } });
    await world.people('alice', 'bob');
    const { alice, bob, own } = await pair();
    const two = await sent(alice, PAIR, 'Two');
    const three = await sent(bob, PAIR, 'Three');
    await message(own, three);
    await alice.remove(PAIR, three, { for: 'me' });
    const failed = once(alice, 'action-failed');
    await alice.recall(PAIR, two);
    await until(alice.conversation(PAIR), (now) => now?.last?.content.type === 'gone');
    assert.equal((await failed).error.code, 'message/recall-expired');
    await until(alice.conversation(PAIR), (now) => now?.last?.content.type === 'text');
  });
});

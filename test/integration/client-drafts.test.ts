import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { Roamer } from '../helpers/change-ways.js';
import { connected } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Disk } from '../helpers/disk.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('the draft of a conversation', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  for (const draft of [
    'The ferry lea',
    'The ferry leaves at nine, ',
    'The ferry leaves at nine.',
  ]) {
    test(`goes with the message that it became, also when "${draft}" was stored last`, async () => {
      const alice = await connected(world.client(world.device('alice')));
      await alice.setDraft(PAIR, draft);
      await until(alice.conversation(PAIR), (pair) => pair?.draft === draft);
      await alice.sendText(PAIR, 'The ferry leaves at nine');
      const pair = await until(alice.conversation(PAIR), (now) => now?.last !== undefined);
      assert.equal(pair?.draft, '');
    });
  }

  test('stays when something else is sent meanwhile', async () => {
    const alice = await connected(world.client(world.device('alice')));
    await alice.setDraft(PAIR, 'The ferry lea');
    await alice.sendText(PAIR, 'On my way');
    const pair = await until(alice.conversation(PAIR), (now) => now?.last !== undefined);
    assert.equal(pair?.draft, 'The ferry lea');
  });

  test('stays when the message cannot be stored', async () => {
    const device = world.device('alice');
    const disk = new Disk(device.idb);
    const alice = await connected(world.client(device));
    await alice.setDraft(PAIR, 'The ferry lea');
    disk.failure = 'QuotaExceededError';
    await assert.rejects(alice.sendText(PAIR, 'The ferry leaves at nine'), {
      code: 'storage/quota-exceeded',
    });
    disk.failure = undefined;
    await alice.destroy();
    const again = world.client(device);
    const pair = await until(again.conversation(PAIR), (now) => now !== undefined);
    assert.equal(pair?.draft, 'The ferry lea');
  });

  test('is told to the other devices as soon as the server knows the conversation', async () => {
    await world.people('lin');
    const phone = await connected(world.client(world.device('alice')));
    const away = new Roamer(world, world.device('alice'));
    await connected(away.client);
    await away.leave();
    const id = await away.client.openPeer('lin');
    await away.client.setDraft(id, 'Are you coming?');
    await away.comeBack();
    const told = await until(
      phone.conversation(id),
      (pair) => pair?.draft !== undefined && pair.draft !== '',
      5_000,
    );
    assert.equal(told?.draft, 'Are you coming?');
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { message, Roamer, sent } from '../helpers/change-ways.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Disk } from '../helpers/disk.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('changes where something is in their way', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  async function pair() {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    return { alice, bob, own: alice.history(PAIR), other: bob.history(PAIR) };
  }

  test('a message that is removed for everybody is not shown where the server wants no mark', async () => {
    world.gate = new Gate();
    world.gate.alter = (frame) =>
      frame.type === 'ready'
        ? { ...frame, policy: { ...(frame.policy as object), deletedMark: false } }
        : frame;
    const { alice, bob, own, other } = await pair();
    const id = await sent(alice, PAIR, 'Wrong window');
    await sent(alice, PAIR, 'Right window');
    await message(other, id);
    await alice.remove(PAIR, id, { for: 'all' });
    for (const window of [own, other]) await showing(window, ['Right window']);
    const last = await sent(alice, PAIR, 'Wrong again');
    await alice.remove(PAIR, last, { for: 'all' });
    await until(bob.conversation(PAIR), (now) => now?.lastSeq === 5);
    await until(bob.conversation(PAIR), (now) => now !== undefined && now.last === undefined);
  });

  test('a server that is too old for changes is not asked for any', async () => {
    world.gate = new Gate();
    world.gate.alter = (frame) => (frame.type === 'ready' ? { ...frame, version: 1 } : frame);
    const { alice } = await pair();
    const id = await sent(alice, PAIR, 'Hello');
    const refusal = { code: 'protocol/unsupported-version' };
    await assert.rejects(alice.edit(PAIR, id, 'Hallo'), refusal);
    await assert.rejects(alice.react(PAIR, id, '👍'), refusal);
    await assert.rejects(alice.pinConversation(PAIR), refusal);
    await assert.rejects(alice.readers(PAIR, id, { read: true }), refusal);
  });

  test('a change that waits goes along to another database', async () => {
    const device = world.device('alice');
    const disk = new Disk(device.idb);
    const away = new Roamer(world, device);
    const alice = await connected(away.client);
    const bob = await connected(world.client(world.device('bob')));
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(bob.history(PAIR), id);
    await away.leave();
    await alice.edit(PAIR, id, 'The gate opens at ten');
    disk.failure = 'UnknownError';
    await alice.sendText(PAIR, 'See you there');
    await until(alice.storage, ({ status }) => status === 'memory');
    await away.comeBack();
    await showing(bob.history(PAIR), ['The gate opens at ten', 'See you there']);
    await showing(alice.history(PAIR), ['The gate opens at ten', 'See you there']);
    assert.equal((await message(alice.history(PAIR), id)).edited, true);
  });
});

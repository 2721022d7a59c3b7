import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { LIMITS, TELL_RATES, TIMES } from '../../../../src/protocol/limits.js';
import { settle, TestCore, type Device } from '../../../../test/helpers/core-device.js';

/** What a device has been told of a person, oldest first. */
function told(device: Device, user: string): (string | readonly [string, number])[] {
  return device
    .pushed('presence')
    .flatMap(({ people }) => people)
    .filter((presence) => presence.user === user)
    .map(({ state, seenAt }) => (seenAt === undefined ? state : [state, seenAt]));
}

describe('presence', () => {
  let world: TestCore;

  /** Lets time pass, and what it brings be told. */
  const pass = async (ms: number): Promise<void> => {
    world.pass(ms);
    await settle();
  };

  const watching = async (user: string, ...users: readonly string[]): Promise<Device> => {
    const device = await world.connect(user);
    device.say({ type: 'watch', users });
    await pass(0);
    return device;
  };

  beforeEach(async () => {
    world = await TestCore.open();
    await world.core.createPair('alice', 'bob');
    await settle();
  });

  test('tells how a person stands, by the best of their devices', async () => {
    const alice = await watching('alice', 'bob');
    const phone = await world.connect('bob', 'phone', 2, { presence: 'away' });
    await pass(1_000);
    const laptop = await world.connect('bob', 'laptop');
    await pass(1_000);
    laptop.say({ type: 'presence', state: 'away' });
    await pass(1_000);
    phone.say({ type: 'presence', state: 'active' });
    await pass(1_000);
    assert.deepEqual(told(alice, 'bob'), ['offline', 'away', 'online', 'away', 'online']);
  });

  test('tells of a departure after a moment, with its time, and of a reconnect nothing', async () => {
    const bob = await world.connect('bob');
    const alice = await watching('alice', 'bob');
    bob.session.closed();
    await pass(TIMES.presenceGraceMs - 1);
    const again = await world.connect('bob');
    await pass(20_000);
    assert.deepEqual(told(alice, 'bob'), ['online']);
    again.session.closed();
    const left = world.now;
    await pass(TIMES.presenceGraceMs + 1);
    assert.deepEqual(told(alice, 'bob'), ['online', ['offline', left]]);
  });

  test('tells the time of the last visit, also when the server knows of it only by its store', async () => {
    const at = world.now;
    const bob = await world.connect('bob');
    await settle();
    bob.session.closed();
    world.restart();
    await pass(4_000);
    const alice = await watching('alice', 'bob');
    assert.deepEqual(told(alice, 'bob'), [['offline', at]]);
  });

  test('is nobody’s business without a conversation: a stranger is told like nobody', async () => {
    await world.connect('lin');
    const alice = await watching('alice', 'lin', 'nobody');
    const [frame] = alice.pushed('presence');
    assert.deepEqual(frame?.people, [
      { user: 'lin', state: 'offline' },
      { user: 'nobody', state: 'offline' },
    ]);
    const again = await world.connect('lin', 'phone', 2, { presence: 'away' });
    again.session.closed();
    await pass(10_000);
    for (const { people } of alice.pushed('presence')) {
      for (const { state, seenAt } of people) {
        assert.deepEqual([state, seenAt], ['offline', undefined]);
      }
    }
  });

  test('is told as soon as two people have a conversation', async () => {
    await world.connect('lin');
    const alice = await watching('alice', 'lin');
    await pass(5_000);
    await world.core.createPair('alice', 'lin');
    await pass(0);
    assert.deepEqual(told(alice, 'lin'), ['offline', 'online']);
  });

  test('comes at most once a second, and the latest counts', async () => {
    const alice = await watching('alice', 'bob');
    const bob = await world.connect('bob');
    for (let one = 0; one < 20; one++) {
      bob.say({ type: 'presence', state: one % 2 === 0 ? 'away' : 'active' });
      await pass(50);
    }
    await pass(1_000);
    const frames = alice.pushed('presence').length;
    assert.ok(frames <= 3, `${frames} frames`);
    assert.equal(told(alice, 'bob').at(-1), 'online');
  });

  test('waits for a reader who does not keep up, and then tells the latest alone', async () => {
    const alice = await watching('alice', 'bob');
    alice.buffer(LIMITS.bufferedBytes + 1);
    const bob = await world.connect('bob');
    await pass(2_000);
    bob.say({ type: 'presence', state: 'away' });
    await pass(2_000);
    assert.deepEqual(told(alice, 'bob'), ['offline']);
    alice.buffer(0);
    await pass(2_000);
    assert.deepEqual(told(alice, 'bob'), ['offline', 'away']);
  });

  test('replaces whom a socket watches, and ends with the socket', async () => {
    await world.core.createPair('alice', 'lin');
    const alice = await watching('alice', 'bob');
    alice.say({ type: 'watch', users: ['lin'] });
    await pass(2_000);
    await world.connect('bob');
    await world.connect('lin');
    await pass(2_000);
    assert.deepEqual(told(alice, 'bob'), ['offline']);
    assert.deepEqual(told(alice, 'lin'), ['offline', 'online']);
    const frames = alice.frames.length;
    alice.session.closed();
    await world.connect('lin', 'phone', 2, { presence: 'away' });
    await pass(10_000);
    assert.equal(alice.frames.length, frames);
  });

  test('is not told of who hides, and of their visits neither', async () => {
    const alice = await watching('alice', 'bob');
    const bob = await world.connect('bob', 'phone', 2, { presence: 'hidden' });
    await pass(2_000);
    bob.session.closed();
    await pass(10_000);
    const later = await world.connect('alice', 'later');
    later.say({ type: 'watch', users: ['bob'] });
    await pass(0);
    assert.deepEqual([told(alice, 'bob'), told(later, 'bob')], [['offline'], ['offline']]);
  });

  test('is not told at all where the server does not want it', async () => {
    world = await TestCore.open({ presence: false });
    await world.core.createPair('alice', 'bob');
    await world.connect('bob');
    const alice = await watching('alice', 'bob');
    await pass(10_000);
    assert.deepEqual(alice.pushed('presence'), []);
  });

  test('is asked for so often and no more', async () => {
    const alice = await watching('alice', 'bob');
    for (let one = 0; one < TELL_RATES.burst; one++) alice.say({ type: 'watch', users: ['bob'] });
    assert.deepEqual(alice.pushed('error'), []);
    const dropped = world.observed.filter((event) => event.type === 'refused');
    assert.ok(dropped.length > 400, `${dropped.length} dropped`);
    await alice.ask('pong', { type: 'ping' });
  });
});

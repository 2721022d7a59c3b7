import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { LIMITS, TIMES } from '../../../../src/protocol/limits.js';
import { Device, settle, TestCore } from '../../../../test/helpers/core-device.js';

const PAIR = 'c2c:alice:bob';
const SILENCE_MS = LIMITS.silentHeartbeats * TIMES.heartbeatMs;

describe('a session', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
  });

  test('lets nobody in without a good hello, and says why', async () => {
    const early = new Device(world.core);
    assert.equal((await early.ask('error', { type: 'ping' })).code, 'auth/required');
    const late = new Device(world.core);
    assert.equal(
      (await late.ask('error', { type: 'hello', version: 1, token: 'expired', device: 'd' })).code,
      'auth/token-expired',
    );
    assert.equal(late.closed, CLOSE.unauthorized);
    const old = new Device(world.core);
    assert.equal(
      (await old.ask('error', { type: 'hello', version: 99, token: 'alice', device: 'd' })).code,
      'protocol/unsupported-version',
    );
    assert.equal(old.closed, CLOSE.unsupportedVersion);
    const twice = await world.connect('alice');
    assert.equal(
      (await twice.ask('error', { type: 'hello', version: 1, token: 'bob', device: 'd' })).code,
      'protocol/unexpected-frame',
    );
  });

  test('lets a newer hello of a device take the place of the older one', async () => {
    const older = await world.connect('alice', 'laptop');
    const phone = await world.connect('alice', 'phone');
    const namesake = await world.connect('bob', 'laptop');
    const newer = await world.connect('alice', 'laptop');
    assert.equal(older.closed, CLOSE.replaced);
    assert.equal(older.pushed('bye')[0]?.code, 'device/replaced');
    for (const other of [phone, namesake, newer]) assert.equal(other.closed, undefined);

    const bob = await world.connect('bob', 'desk');
    bob.send(0, 'Only once, please');
    await settle();
    assert.deepEqual(
      [older, phone, newer].map((device) => device.pushed('events').length),
      [0, 1, 1],
    );
  });

  test('has never two ready sessions of a device', async () => {
    const older = await world.connect('alice', 'laptop');
    const newer = new Device(world.core);
    newer.say({ type: 'hello', version: 1, token: 'alice', device: 'laptop' });
    while (newer.frames.length === 0) {
      assert.equal(older.closed, undefined);
      await Promise.resolve();
    }
    assert.equal(older.closed, CLOSE.replaced);
  });

  test('closes who says nothing, who never says hello, and whose token runs out', async () => {
    const silent = new Device(world.core);
    world.pass(TIMES.helloDeadlineMs - 1);
    assert.equal(silent.closed, undefined);
    world.pass(1_001);
    assert.equal(silent.closed, CLOSE.silent);
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    for (let waited = 0; waited < SILENCE_MS + 10_000; waited += 5_000) {
      for (const device of [alice, bob]) if (waited < 35_000) device.say({ type: 'ping' });
      world.pass(5_000);
    }
    assert.equal(alice.closed, CLOSE.unauthorized, 'the token of 60 seconds is over');
    assert.equal(alice.pushed('bye')[0]?.code, 'auth/token-expired');
    assert.equal(bob.closed, CLOSE.unauthorized);
  });

  test('closes who falls silent after hello within a second of its time', async () => {
    const alice = await world.connect('alice');
    world.pass(SILENCE_MS - 1);
    assert.equal(alice.closed, undefined);
    world.pass(1_001);
    assert.equal(alice.closed, CLOSE.silent);
  });

  test('gives nobody more time for hello who says something else, nor for ever', async () => {
    const chatty = new Device(world.core);
    for (let second = 0; second < 11; second++) {
      if (second % 2 === 1) chatty.say({ type: 'ping' });
      world.pass(1_000);
    }
    assert.equal(chatty.closed, CLOSE.silent);
    const flooding = new Device(world.core);
    for (let frame = 0; frame < LIMITS.badFrames; frame++) flooding.say({ type: 'ping' });
    assert.equal(flooding.closed, undefined);
    flooding.say({ type: 'ping' });
    assert.equal(flooding.closed, CLOSE.badFrames);
    const frames = flooding.frames.length;
    flooding.say({ type: 'ping' });
    assert.equal(flooding.frames.length, frames);
  });

  test('survives a few bad frames of a socket and then ends it', async () => {
    const alice = await world.connect('alice');
    for (let bad = 0; bad < LIMITS.badFrames; bad++) alice.session.receive('{"type":');
    assert.equal(alice.closed, undefined);
    alice.session.receive('[]');
    assert.equal(alice.closed, CLOSE.badFrames);
    assert.equal(alice.pushed('bye')[0]?.code, 'protocol/bad-frame');
  });

  test('tells a slow reader only later that a conversation has moved, and where it stands', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    bob.buffer(LIMITS.bufferedBytes);
    alice.send(0, 'still comes');
    await settle();
    assert.deepEqual(
      bob.pushed('events').map(({ from, to }) => [from, to]),
      [[1, 1]],
    );
    bob.buffer(LIMITS.bufferedBytes + 1);
    alice.say({ type: 'typing', conversation: PAIR, active: true });
    for (let n = 1; n <= 20; n++) alice.send(n, 'may be asked for');
    await settle();
    world.pass(10_000);
    await settle();
    assert.deepEqual(bob.pushed('typing'), []);
    assert.equal(bob.pushed('events').length, 1);

    bob.buffer(0);
    world.pass(100);
    await settle();
    assert.deepEqual(
      bob.pushed('events').map(({ from, to }) => [from, to]),
      [
        [1, 1],
        [21, 21],
      ],
    );
    const missed = { type: 'range', conversation: PAIR, after: 1, limit: 200 };
    assert.equal((await bob.ask('events', missed)).to, 21);
    alice.send(21, 'as ever');
    await settle();
    assert.equal(bob.pushed('events').at(-1)?.from, 22);
  });

  test('leaves out nothing but what others have said for a slow reader that writes', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    bob.buffer(LIMITS.bufferedBytes + 1);
    alice.send(0, 'one');
    bob.send(0, 'two', { clientId: 'from-bob' });
    await settle();
    assert.deepEqual(bob.pushed('events'), []);
    assert.equal(bob.pushed('ack')[0]?.seq, 2);
    bob.buffer(LIMITS.bufferedMostBytes + 1);
    bob.send(1, 'three', { clientId: 'from-bob-too' });
    await settle();
    assert.equal(bob.closed, CLOSE.tryAgainLater);
    assert.equal(bob.pushed('bye')[0]?.code, 'server/slow-reader');
  });

  test('bears a reader that is slow, and ends one that takes nothing in', async () => {
    const slow = await world.connect('bob');
    const stuck = await world.connect('lin');
    let waiting = LIMITS.bufferedMostBytes;
    for (let waited = 0; waited <= TIMES.slowReaderMs + 2_000; waited += 1_000) {
      if (waited <= TIMES.slowReaderMs) assert.equal(stuck.closed, undefined);
      slow.buffer((waiting -= 1_000));
      stuck.buffer(LIMITS.bufferedBytes + 1);
      world.pass(1_000);
    }
    assert.equal(stuck.closed, CLOSE.tryAgainLater);
    assert.equal(stuck.pushed('bye')[0]?.code, 'server/slow-reader');
    assert.equal(slow.closed, undefined);
  });

  test('drains: what was accepted is acknowledged, then everybody is told to come back', async () => {
    const alice = await world.connect('alice');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    world.store.held = [];
    alice.send(0, 'on its way');
    await settle();
    const drained = world.core.drain();
    alice.send(1, 'too late');
    for (const release of world.store.held) release();
    await drained;
    assert.deepEqual(
      alice.frames.slice(-3).map(({ type }) => type),
      ['error', 'ack', 'bye'],
    );
    assert.equal(alice.closed, CLOSE.goingAway);
    assert.ok((alice.pushed('bye')[0]?.retryAfterMs ?? 0) > 0);
  });
});

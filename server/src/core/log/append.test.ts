import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { settle, TestCore } from '../../../../test/helpers/core-device.js';

const PAIR = 'c2c:alice:bob';

function sendOf(clientId: string): object {
  return { type: 'send', conversation: PAIR, clientId, kind: 'text', body: { text: clientId } };
}

describe('appending', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
  });

  test('tells a large batch in frames that are no larger than a page', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    const desk = await world.connect('alice', 'desk');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    await desk.ask('ack', { ...sendOf('first'), n: 0 });
    world.store.held = [];
    alice.send(0, 'Before the others', { clientId: 'first-of-all' });
    await settle();
    for (let n = 1; n <= 20; n++) {
      alice.send(n, '', { kind: 'poll', body: '字'.repeat(20_000), clientId: `p${n}` });
    }
    desk.say({ ...sendOf('last'), n: 1 });
    const [release] = world.store.held;
    world.store.held = undefined;
    release?.();
    await settle();
    for (const device of [bob, desk]) {
      const frames = device.pushed('events').filter(({ from }) => from > 2);
      assert.ok(frames.length >= 3, `${frames.length} frames`);
      for (const frame of frames) {
        assert.ok(Buffer.byteLength(JSON.stringify(frame)) < LIMITS.rangeBytes + 1_000);
      }
      const seqs = frames.flatMap(({ events }) => events.map(({ seq }) => seq));
      const last = device === bob ? 23 : 22;
      assert.deepEqual(
        seqs,
        Array.from({ length: last - 2 }, (_, index) => index + 3),
      );
    }
    assert.equal(desk.pushed('ack').at(-1)?.seq, 23);
  });

  test('acknowledges nothing before the commit has ended', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    world.store.held = [];
    alice.send(0, 'Not yet');
    await settle();
    assert.equal(alice.pushed('ack').length + bob.pushed('events').length, 0);
    for (const release of world.store.held) release();
    await settle();
    assert.equal(alice.pushed('ack').length, 1);
    assert.equal(bob.pushed('events').length, 1);
  });

  test('answers a repeat as the first time and keeps it once', async () => {
    const alice = await world.connect('alice');
    const first = await alice.ask('ack', {
      type: 'send',
      conversation: PAIR,
      clientId: 'k',
      n: 0,
      kind: 'text',
      body: { text: 'Once' },
    });
    const again = await alice.ask('ack', {
      type: 'send',
      conversation: PAIR,
      clientId: 'k',
      n: 0,
      kind: 'text',
      body: { text: 'Once' },
    });
    assert.deepEqual([again.seq, again.at], [first.seq, first.at]);
    assert.equal((await world.store.range(PAIR, 0, 9, 9)).length, 1);
  });

  test('takes only the next number of a device, and each device has its own', async () => {
    const phone = await world.connect('alice', 'phone');
    const desk = await world.connect('alice', 'desk');
    const skipped = await phone.ask('error', {
      type: 'send',
      conversation: PAIR,
      clientId: 'x',
      n: 1,
      kind: 'text',
      body: { text: 'b' },
    });
    assert.equal(skipped.code, 'message/counter');
    phone.send(0, 'from the phone', { clientId: 'p0' });
    desk.send(0, 'from the desk', { clientId: 'd0' });
    await settle();
    assert.equal(phone.pushed('ack').length, 1);
    assert.equal(desk.pushed('ack').length, 1);
    const reused = await phone.ask('error', {
      type: 'send',
      conversation: PAIR,
      clientId: 'd0',
      n: 1,
      kind: 'text',
      body: { text: 'c' },
    });
    assert.equal(reused.code, 'message/id-reused');
  });

  test('answers a repeat from another device as the first time, and lets it go on counting', async () => {
    const old = await world.connect('alice', 'old');
    const first = await old.ask('ack', { ...sendOf('a'), n: 0 });
    const renewed = await world.connect('alice', 'renewed');
    const bob = await world.connect('bob');
    // In one go, as an outbox sends what it has.
    renewed.say({ ...sendOf('a'), n: 0 });
    renewed.say({ ...sendOf('b'), n: 1 });
    renewed.say({ ...sendOf('c'), n: 2 });
    await settle();
    assert.deepEqual(
      renewed.pushed('ack').map(({ clientId, seq }) => [clientId, seq]),
      [
        ['a', first.seq],
        ['b', 2],
        ['c', 3],
      ],
    );
    assert.equal(renewed.pushed('ack')[0]?.at, first.at);
    assert.deepEqual(renewed.pushed('error'), []);
    assert.equal(await world.store.nextN(PAIR, 'alice', 'renewed'), 3);
    assert.equal(await world.store.nextN(PAIR, 'alice', 'old'), 1);
    assert.equal((await world.store.range(PAIR, 0, 9, 9)).length, 3);
    assert.deepEqual(
      bob.pushed('events').flatMap(({ events }) => events.map(({ clientId }) => clientId)),
      ['b', 'c'],
    );
  });

  test('knows a repeat under any number, and uses up none but the next', async () => {
    const alice = await world.connect('alice');
    await alice.ask('ack', { ...sendOf('a'), n: 0 });
    await alice.ask('ack', { ...sendOf('b'), n: 1 });
    for (const [clientId, n, seq] of [
      ['b', 7, 2],
      ['a', 1, 1],
      ['b', 0, 2],
    ] as const) {
      assert.equal((await alice.ask('ack', { ...sendOf(clientId), n })).seq, seq);
    }
    assert.equal((await alice.ask('ack', { ...sendOf('c'), n: 2 })).seq, 3);
    assert.equal((await alice.ask('ack', { ...sendOf('a'), n: 3 })).seq, 1);
    assert.equal((await alice.ask('ack', { ...sendOf('d'), n: 4 })).seq, 4);
  });

  test('refuses a client id for other words, and uses up no number', async () => {
    const alice = await world.connect('alice');
    await alice.ask('ack', { ...sendOf('a'), n: 0 });
    const desk = await world.connect('alice', 'desk');
    const others = [{ kind: 'poll' }, { body: { text: 'Other words' } }];
    for (const [device, numbers] of [
      [alice, [0, 1, 2]],
      [desk, [0, 1]],
    ] as const) {
      for (const n of numbers) {
        for (const other of others) {
          const { code } = await device.ask('error', { ...sendOf('a'), ...other, n });
          assert.equal(code, 'message/id-reused');
        }
      }
    }
    assert.equal((await alice.ask('ack', { ...sendOf('b'), n: 1 })).seq, 2);
    assert.equal((await desk.ask('ack', { ...sendOf('c'), n: 0 })).seq, 3);
  });

  test('answers a crowd of repeats by one commit', async () => {
    const old = await world.connect('alice', 'old');
    const ids = Array.from({ length: 40 }, (_, n) => `m${n}`);
    for (const [n, clientId] of ids.entries()) old.say({ ...sendOf(clientId), n });
    await settle();
    const renewed = await world.connect('alice', 'renewed');
    await renewed.ask('error', { ...sendOf('too-early'), n: 9 });
    const before = world.store.commits;
    for (const [n, clientId] of ids.entries()) renewed.say({ ...sendOf(clientId), n });
    renewed.say({ ...sendOf('fresh'), n: 40 });
    for (let look = 0; look < 10 && renewed.pushed('ack').length < 41; look++) await settle();
    assert.equal(renewed.pushed('ack').length, 41);
    assert.equal(await world.store.nextN(PAIR, 'alice', 'renewed'), 41);
    const tried = world.store.commits - before;
    assert.ok(tried <= 4, `${tried} commits`);
  });

  test('counts on after a repeat when the server has started anew', async () => {
    const old = await world.connect('alice', 'old');
    await old.ask('ack', { ...sendOf('a'), n: 0 });
    const renewed = await world.connect('alice', 'renewed');
    await renewed.ask('ack', { ...sendOf('a'), n: 0 });
    world.restart();
    const again = await world.connect('alice', 'renewed');
    assert.equal((await again.ask('ack', { ...sendOf('b'), n: 1 })).seq, 2);
  });

  test('keeps nothing of a refused commit, and goes on when the disk is back', async () => {
    const alice = await world.connect('alice');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    world.store.refusing = true;
    const failed = await alice.ask('error', {
      type: 'send',
      conversation: PAIR,
      clientId: 'k0',
      n: 0,
      kind: 'text',
      body: { text: 'a' },
    });
    assert.equal(failed.code, 'server/store-unavailable');
    world.store.refusing = false;
    const taken = await alice.ask('ack', {
      type: 'send',
      conversation: PAIR,
      clientId: 'k0',
      n: 0,
      kind: 'text',
      body: { text: 'a' },
    });
    assert.equal(taken.seq, 1);
  });
});

/** How much one socket gets of the server. */
import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { LIMITS, RATES } from '../../../../src/protocol/limits.js';
import { settle, TestCore, type Device } from '../../../../test/helpers/core-device.js';
import { Budget } from './budget.js';

const PAIR = 'c2c:alice:bob';

describe('a budget', () => {
  test('fills again with time, up to its brim, and never by a clock that jumps back', () => {
    const budget = new Budget(RATES, 10_000);
    const spendAll = (now: number): number => {
      let paid = 0;
      while (budget.pay('ping', now) === 0) paid++;
      return paid;
    };
    assert.equal(spendAll(10_000), RATES.burst);
    assert.equal(budget.pay('sync', 10_000), (RATES.prices.sync / RATES.perSecond) * 1_000);
    assert.equal(spendAll(11_000), RATES.perSecond);
    assert.equal(spendAll(5_000), 0);
    assert.equal(spendAll(6_000), RATES.perSecond);
    assert.equal(spendAll(9_000_000), RATES.burst);
    assert.equal(budget.pay('send', 9_000_000), 0);
  });
});

describe('the requests of one socket', () => {
  let world: TestCore;
  let alice: Device;

  beforeEach(async () => {
    world = await TestCore.open();
    alice = await world.connect('alice');
    alice.send(0, 'Hello');
    await settle();
  });

  test('catch up on two thousand conversations in one go', async () => {
    for (let page = 0; page < 10; page++) {
      await alice.ask('heads', { type: 'sync', cursor: '' });
    }
    for (let pull = 0; pull < 2_000; pull += 4) {
      for (let one = 0; one < 4; one++) {
        alice.say({ type: 'range', conversation: PAIR, after: 0, limit: 1 });
      }
      await settle();
    }
    assert.deepEqual(alice.pushed('error'), []);
  });

  test('are refused in a flood, with a time after which they are answered', async () => {
    let refusal;
    while (!refusal) {
      for (let one = 0; one < 10; one++) alice.say({ type: 'sync', cursor: '' });
      await settle();
      refusal = alice.pushed('error')[0];
    }
    assert.equal(refusal.code, 'request/rate-limited');
    const { retryAfterMs = 0 } = refusal;
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 1_000, `${retryAfterMs} ms`);
    const bob = await world.connect('bob');
    await bob.ask('heads', { type: 'sync', cursor: '' });
    world.pass(retryAfterMs);
    await alice.ask('heads', { type: 'sync', cursor: '' });
  });

  test('with long answers are answered one a turn, and wait for their reader', async () => {
    for (let one = 0; one < 3; one++) alice.say({ type: 'sync', cursor: '' });
    alice.buffer(LIMITS.bufferedBytes + 1);
    await settle();
    assert.equal(alice.pushed('heads').length, 0);
    await alice.ask('pong', { type: 'ping' });
    alice.buffer(0);
    world.pass(100);
    await settle();
    assert.equal(alice.pushed('heads').length, 3);
  });

  test('leave the others their turn between two long answers', async () => {
    const turns: (() => void)[] = [];
    const bob = await world.connect('bob');
    world.turn = () => new Promise((resolve) => turns.push(resolve));
    const taking = async (): Promise<void> => {
      await settle();
      turns.shift()?.();
      await settle();
    };
    bob.say({ type: 'sync', cursor: '' });
    bob.say({ type: 'sync', cursor: '' });
    await taking();
    assert.equal(bob.pushed('heads').length, 1);
    await taking();
    assert.equal(bob.pushed('heads').length, 2);
  });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { TestCore } from '../../../../test/helpers/core-device.js';
import { PAIR, Sender } from '../../../../test/helpers/core-sender.js';

describe('the personal log', () => {
  let world: TestCore;
  let alice: Sender;
  const own = { conversation: 'self:alice' };

  beforeEach(async () => {
    world = await TestCore.open();
    alice = new Sender(await world.connect('alice'));
    await alice.device.ask('head', { type: 'open', conversation: PAIR });
  });

  test('comes into being with what its owner sets, and reaches their other devices only', async () => {
    const desk = await world.connect('alice', 'desk');
    const bob = await world.connect('bob');
    const body = { name: 'attention', conversation: PAIR, value: 'none' };
    assert.equal((await alice.send('set', body, own)).type, 'ack');
    assert.deepEqual(desk.pushed('events').at(-1)?.events.at(-1)?.body, body);
    assert.equal(bob.pushed('events').length, 0);
    const page = await desk.ask('heads', { type: 'sync', cursor: '' });
    assert.deepEqual(page.heads.map(({ conversation }) => conversation).sort(), [
      PAIR,
      'self:alice',
    ]);
  });

  test('is for nobody else', async () => {
    const bob = new Sender(await world.connect('bob'));
    await alice.send('set', { name: 'pinned', conversation: PAIR, value: 1 }, own);
    const body = { name: 'pinned', conversation: PAIR, value: 1 };
    assert.equal(await bob.refusal('set', body, own), 'conversation/not-found');
    const range = { type: 'range', ...own, after: 0, limit: 10 };
    assert.equal((await bob.device.ask('error', range)).code, 'conversation/not-found');
  });

  test('takes nothing but what fits, about conversations of its owner', async () => {
    const wrong: [object, string][] = [
      [{ name: 'colour', value: 'red' }, 'request/invalid'],
      [{ name: 'pinned', value: 1 }, 'request/invalid'],
      [{ name: 'pinned', conversation: PAIR, value: 'first' }, 'request/invalid'],
      [{ name: 'attention', conversation: PAIR, value: 'loud' }, 'request/invalid'],
      [{ name: 'folder', folder: 'a b', value: null }, 'request/invalid'],
      [{ name: 'starred', conversation: PAIR, target: 7, value: true }, 'message/not-found'],
      [{ name: 'pinned', conversation: 'c2c:bob:lin', value: 1 }, 'conversation/not-found'],
      [{ name: 'pinned', conversation: 'self:alice', value: 1 }, 'conversation/not-found'],
    ];
    for (const [body, code] of wrong) {
      assert.equal(await alice.refusal('set', body, own), code, JSON.stringify(body));
    }
    assert.equal(await alice.refusal('text', { text: 'Note' }, own), 'request/invalid');
    const elsewhere = { name: 'folder', folder: 'work', value: null };
    assert.equal(await alice.refusal('set', elsewhere), 'request/invalid');
    assert.equal((await alice.send('set', elsewhere, own)).type, 'ack');
  });

  test('is unknown to a client of the first version', async () => {
    await alice.send('set', { name: 'pinned', conversation: PAIR, value: 1 }, own);
    const old = await world.connect('alice', 'old', 1);
    const page = await old.ask('heads', { type: 'sync', cursor: '' });
    assert.deepEqual(
      page.heads.map(({ conversation }) => conversation),
      [PAIR],
    );
    assert.equal(page.more, false);
    const { digest } = await old.ask('pong', { type: 'ping' });
    assert.deepEqual(digest, { conversations: 1, seqs: 0 });
    const { digest: whole } = await alice.device.ask('pong', { type: 'ping' });
    assert.deepEqual(whole, { conversations: 2, seqs: 1 });
  });
});

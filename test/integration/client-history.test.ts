import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { HistoryState, Message } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { texts, until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `Message ${from + index}`);

const isStill = ({ loading }: HistoryState): boolean => loading === undefined;

describe('a window over a conversation', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  async function post(from: number, to: number): Promise<void> {
    for (const text of range(from, to)) await world.core.post(PAIR, 'bob', 'text', { text });
  }

  test('opens at the newest page and moves up, first from the device, then from the server', async () => {
    await post(1, 130);
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR, { pageSize: 20 });
    const opened = await showing(window, range(111, 130));
    assert.equal(opened.hasOlder, true);
    assert.equal(opened.hasNewer, false);

    await eventually(() => gate.ofType('range').length === 1, 'the first page of 50');
    await window.loadOlder();
    await window.loadOlder();
    assert.equal(gate.ofType('range').length, 1);
    const counts = [60, 80, 100, 120, 130];
    for (const count of counts) {
      await window.loadOlder();
      if (count === 60) await window.loadOlder();
    }
    const whole = await until(window.state, ({ hasOlder }) => !hasOlder);
    assert.deepEqual(texts(whole), range(1, 130));
    const asked = gate.ofType('range').length;
    await window.loadOlder();
    assert.equal(gate.ofType('range').length, asked);
  });

  test('keeps the same objects for messages that did not change', async () => {
    await post(1, 30);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    const before = await showing(window, range(1, 30));
    await post(31, 31);
    const after = await showing(window, range(1, 31));
    assert.ok(before.messages.every((message, index) => after.messages[index] === message));
    assert.notEqual(after.messages, before.messages);
  });

  test('changes own messages alone when the other side has read them', async () => {
    await post(1, 2);
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    const window = alice.history(PAIR);
    await showing(window, range(1, 2));
    await alice.sendText(PAIR, 'mine');
    const before = await until(
      window.state,
      ({ messages }) => messages[2]?.state.status === 'delivered',
    );
    await bob.markRead(PAIR, 3);
    const after = await until(window.state, ({ messages }) => messages[2]?.state.status === 'read');
    assert.equal(after.messages[0], before.messages[0]);
    assert.notEqual(after.messages[2], before.messages[2]);
  });

  test('holds 2,000 messages at most, whichever way it moves', { timeout: 60_000 }, async () => {
    await post(1, 2_300);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR, { pageSize: 200 });
    await until(window.state, (state) => isStill(state) && state.messages.length === 50);
    let most = 0;
    window.state.subscribe({ next: ({ messages }) => (most = Math.max(most, messages.length)) });
    for (let page = 0; page < 13; page++) await window.loadOlder();

    const up = await until(window.state, ({ hasOlder }) => !hasOlder);
    assert.equal(up.messages[0]?.seq, 1);
    assert.equal(up.messages.length, 2_000);
    assert.equal(up.hasNewer, true);
    assert.equal(most, 2_000);

    await post(2_301, 2_301);
    await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 2_301);
    await window.loadNewer();
    await window.loadNewer();
    const down = await until(window.state, ({ hasNewer }) => !hasNewer);
    assert.equal(down.messages.at(-1)?.seq, 2_301);
    assert.equal(down.messages.length, 2_000);
    assert.equal(down.hasOlder, true);
  });

  test(
    'stays where it is when it is not at the end, and returns to it',
    { timeout: 60_000 },
    async () => {
      await post(1, 2_100);
      const alice = await connected(world.client(world.device('alice')));
      const window = alice.history(PAIR, { pageSize: 200 });
      for (let page = 0; page < 12; page++) await window.loadOlder();
      const away = await until(window.state, ({ hasNewer }) => hasNewer);
      const sent = await alice.sendText(PAIR, 'At the end');
      await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 2_101);
      const still = await until(window.state, isStill);
      assert.equal(still.messages.at(-1), away.messages.at(-1));

      await window.loadLatest();
      const back = await until(
        window.state,
        ({ hasNewer, messages }) => !hasNewer && messages.length > 0,
      );
      assert.equal(back.messages.at(-1)?.id, sent.id);
      assert.equal(back.messages.length, 200);
    },
  );

  test('says so when only the server has what is above, and goes on later', async () => {
    await post(1, 80);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await showing(window, range(31, 80));
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await window.loadOlder();
    await until(window.state, ({ error }) => error?.code === 'connection/offline');
    world.online = true;
    alice.reconnect();
    await until(window.state, ({ error }) => error === undefined);
    await window.loadOlder();
    await showing(window, range(1, 80));
  });

  test('of an empty conversation is empty, and has nothing above', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const id = await alice.openPeer('bob');
    const state = await until(alice.history(id).state, isStill);
    assert.deepEqual(state.messages, []);
    assert.equal(state.hasOlder, false);
    assert.equal(state.error, undefined);
  });

  test('of a conversation that does not exist says so', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const state = await until(alice.history('group:nowhere').state, isStill);
    assert.equal(state.error?.code, 'conversation/not-found');
  });

  test('shows a message of this tab at once and in one piece when it is accepted', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await until(window.state, isStill);
    const counts: number[] = [];
    window.state.subscribe({ next: ({ messages }) => counts.push(messages.length) });
    await alice.sendText(PAIR, 'one');
    const done = await until(window.state, ({ messages }) => messages[0]?.seq === 1);
    assert.equal(done.messages.length, 1);
    // Never gone between waiting and accepted, never there twice.
    assert.ok(
      counts.every((count, index) => count === (index === 0 ? 0 : 1)),
      counts.join(),
    );
  });

  test(
    'shows a message once that is accepted on the way down to it',
    { timeout: 60_000 },
    async () => {
      await post(1, 2_060);
      const gate = (world.gate = new Gate());
      const alice = await connected(world.client(world.device('alice')));
      const window = alice.history(PAIR, { pageSize: 100 });
      await until(window.state, ({ messages }) => messages.length === 50);
      for (let page = 0; page < 20; page++) await window.loadOlder();
      await until(window.state, ({ hasNewer, hasOlder }) => hasNewer && hasOlder);
      gate.keeps = ({ type }) => type === 'ack' || type === 'events';
      const { id } = await alice.sendText(PAIR, 'At the end');
      await until(alice.conversation(PAIR), (conversation) => conversation?.last?.id === id);
      await eventually(() => gate.held.length === 1, 'the answer');
      const counts: number[] = [];
      window.state.subscribe({
        next: (state) => counts.push(texts(state).filter((text) => text === 'At the end').length),
      });
      const moves = [window.loadOlder(), window.loadNewer()];
      await eventually(() => gate.held.length === 2, 'the last page above');
      gate.held.shift()?.();
      await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 2_061);
      gate.held.shift()?.();
      await Promise.all(moves);
      const down = await until(window.state, ({ hasNewer }) => !hasNewer);
      assert.equal(down.messages.at(-1)?.seq, 2_061);
      assert.deepEqual([...new Set(counts)], [0, 1]);
    },
  );

  test('shows a message once that is accepted while the change before it is looked at', async () => {
    await post(1, 1);
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await showing(window, range(1, 1));
    const twice: string[] = [];
    window.state.subscribe({
      next: (state) => {
        const shown = texts(state);
        if (new Set(shown).size < shown.length) twice.push(shown.join());
      },
    });
    gate.keeps = ({ type }) => type === 'events' || type === 'ack';
    // Whatever the moment is at which the second is stored.
    for (let turns = 0; turns < 40; turns++) {
      await world.core.post(PAIR, 'bob', 'react', { target: 1, emoji: '🍵', on: turns % 2 === 0 });
      await alice.sendText(PAIR, `Message ${turns + 2}`);
      await eventually(() => gate.held.length === 2, 'the change and the answer');
      gate.held.shift()?.();
      for (let turn = 0; turn < turns; turn++) await new Promise((next) => setImmediate(next));
      gate.held.shift()?.();
      await until(window.state, ({ messages }) => messages[turns + 1]?.seq !== undefined);
    }
    assert.deepEqual(twice, []);
  });

  test('gives messages of unknown kinds as they are', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await world.core.post(PAIR, 'bob', 'poll', { question: 'Where?' });
    const state = await until(window.state, ({ messages }) => messages.length === 1);
    assert.deepEqual((state.messages[0] as Message).content, { type: 'unknown', kind: 'poll' });
  });

  for (const length of [2, 3, 5]) {
    test(`shows nothing of three messages that the server has lost, but its ${length} others`, async () => {
      let server = world;
      const alice = world.client(world.device('alice'), {}, { openSocket: () => server.open() });
      await connected(alice);
      for (const text of ['old 1', 'old 2', 'old 3']) await alice.sendText(PAIR, text);
      const window = alice.history(PAIR);
      await until(window.state, ({ messages }) => messages[2]?.seq === 3);

      server = new World();
      await server.people('alice', 'bob', 'mara');
      const others = range(1, length);
      for (const text of others) await server.core.post(PAIR, 'bob', 'text', { text });
      // So much has happened that the old cursor means nothing.
      for (const text of range(1, 9)) {
        await server.core.post(c2cId('alice', 'mara'), 'mara', 'text', { text });
      }
      world.cut();
      alice.reconnect();
      await until(window.state, ({ messages }) => messages.at(-1)?.seq === length);
      await window.loadOlder();
      await showing(window, others);
      await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === length);
    });
  }
});

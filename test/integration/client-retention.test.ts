import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBKeyRange } from 'fake-indexeddb';
import { Database } from '../../src/client/database/database.js';
import { RUNTIME } from '../../src/client/environment.js';
import type { HistoryState, ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { once } from '../helpers/change-ways.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { texts, until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');
const DAY_MS = 86_400_000;

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `Message ${from + index}`);

const seqs = ({ messages }: HistoryState): readonly (number | undefined)[] =>
  messages.map(({ seq }) => seq);

describe('a client whose server removes old messages', () => {
  let world: World;
  let gate: Gate;

  beforeEach(async () => {
    world = new World();
    world.keepMs = 7 * DAY_MS;
    world.restart();
    await world.people('alice', 'bob');
    gate = world.gate = new Gate();
  });

  afterEach(() => world.stop());

  async function post(from: number, to: number, daysAgo: number): Promise<void> {
    world.now = () => RUNTIME.now() - daysAgo * DAY_MS;
    for (const text of range(from, to)) await world.core.post(PAIR, 'bob', 'text', { text });
    world.now = RUNTIME.now;
  }

  async function sweep(upTo: number): Promise<void> {
    world.passTime();
    while ((await world.store.conversation(PAIR))?.trimmed !== upTo) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Reads what a device has stored. */
  async function read<T>({ idb }: Device, work: (db: Database) => Promise<T>): Promise<T> {
    const db = new Database('im-kit/chat.test/alice', { indexedDB: idb, IDBKeyRange });
    await db.open();
    const found = await work(db);
    db.close();
    return found;
  }

  async function stored(device: Device): Promise<readonly number[]> {
    return (await read(device, (db) => db.messages.toArray())).map(({ order }) => order);
  }

  function away(alice: ImClient): Promise<unknown> {
    world.cut();
    return until(alice.connection, ({ status }) => status === 'offline');
  }

  async function back(alice: ImClient): Promise<void> {
    world.online = true;
    alice.reconnect();
    await connected(alice);
  }

  test('lets them vanish from an open window, from the device and from the unread', async () => {
    await post(1, 30, 20);
    await post(31, 40, 1);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    const before = await showing(window, range(1, 40));
    await alice.markRead(PAIR, 5);
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 35);
    const asked = gate.ofType('range').length;

    await sweep(30);
    const after = await showing(window, range(31, 40));
    assert.equal(after.messages[0], before.messages[30]);
    assert.deepEqual([after.hasOlder, after.hasNewer, after.error], [false, false, undefined]);
    assert.deepEqual(await stored(device), seqs(after));
    const pair = await until(alice.conversation(PAIR), (row) => row?.unread === 10);
    assert.deepEqual([pair?.readSeq, pair?.lastSeq], [5, 40]);
    await window.loadOlder();
    assert.equal(gate.ofType('range').length, asked);

    await post(41, 41, 0);
    await showing(window, range(31, 41));
    await until(alice.conversation(PAIR), (row) => row?.unread === 11);
  });

  test('is told of a message that was removed before its sender could hear of it', async () => {
    await post(1, 3, 20);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    await showing(window, range(1, 3));
    gate.fromServer = ({ type }) => type !== 'ack';
    world.now = () => RUNTIME.now() - 20 * DAY_MS;
    await alice.sendText(PAIR, 'Did you get the key?');
    await eventually(() => gate.ofType('send').length === 1, 'it goes out');
    const bob = await connected(world.client(world.device('bob')));
    await until(bob.conversation(PAIR), (pair) => pair?.lastSeq === 4);
    await away(alice);
    gate.fromServer = () => true;
    await post(5, 6, 1);
    await sweep(4);

    await back(alice);
    await showing(window, range(5, 6));
    await showing(bob.history(PAIR), range(5, 6));
    await eventually(() => gate.ofType('send').length === 2, 'it is repeated');
    const outbox = (): Promise<number> => read(device, (db) => db.outbox.count());
    while ((await outbox()) > 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await world.store.conversation(PAIR))?.lastSeq, 6);
    assert.deepEqual(await stored(device), [5, 6]);
  });

  test('takes along what has become of them, and unpins them', async () => {
    await post(1, 3, 20);
    world.now = () => RUNTIME.now() - 20 * DAY_MS;
    for (const target of [2, 3]) {
      await world.core.post(PAIR, 'bob', 'pin', { target, on: true });
      await world.core.post(PAIR, 'bob', 'react', { target, emoji: '👍', on: true });
    }
    world.now = RUNTIME.now;
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages[1]?.reactions.length === 1);
    await sweep(2);
    const after = await showing(window, range(3, 3));
    assert.equal(after.messages[0]?.reactions.length, 1);
    const rows = await read(device, (db) => db.changes.toArray());
    const pair = await read(device, (db) => db.conversations.get(PAIR));
    assert.deepEqual(
      [rows.map(({ target }) => target), pair?.pins?.map(({ target }) => target)],
      [[3], [3]],
    );
  });

  test('takes a removal back that comes too late, and keeps the others', async () => {
    await post(1, 3, 20);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    const { messages } = await showing(window, range(1, 3));
    await alice.remove(PAIR, messages[0]!.id, { for: 'me' });
    const isStored = async () => (await world.store.conversation('self:alice'))?.lastSeq === 1;
    while (!(await isStored())) await new Promise((resolve) => setImmediate(resolve));
    await away(alice);
    await alice.remove(PAIR, messages[1]!.id, { for: 'me' });
    await sweep(2);
    const failed = once(alice, 'action-failed');
    await back(alice);
    assert.equal((await failed).error.code, 'message/not-found');
    const pair = await read(device, (db) => db.conversations.get(PAIR));
    assert.deepEqual(pair?.own, { removed: 1 });
  });

  test('keeps a window where it is that has been scrolled up', async () => {
    await post(1, 60, 20);
    await post(61, 150, 1);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    for (let page = 0; page < 2; page++) await window.loadOlder();
    const before = await showing(window, range(1, 150));
    await sweep(60);
    const after = await showing(window, range(61, 150));
    assert.deepEqual(after.messages, before.messages.slice(60));
  });

  test('steps over what was removed while it was away, and lets go of what is older', async () => {
    await post(1, 30, 30);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    await showing(window, range(1, 30));
    await away(alice);
    await post(31, 620, 20);
    await post(621, 650, 1);
    await sweep(620);
    gate.sent.length = 0;
    await back(alice);
    const after = await showing(window, range(621, 650));
    assert.equal(after.hasOlder, false);
    assert.ok(gate.ofType('range').length <= 2, `${gate.ofType('range').length} questions`);
    assert.deepEqual(await stored(device), seqs(after));
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 30);
  });

  test('learns of it from the answer to a question as well', async () => {
    gate.alter = (frame) => {
      const bare = (head: object): object => ({ ...head, trimmed: undefined });
      if (frame.type === 'head') return { ...frame, head: bare(frame['head'] as object) };
      if (frame.type !== 'heads') return frame;
      return { ...frame, heads: (frame['heads'] as object[]).map(bare) };
    };
    await post(1, 30, 30);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    await showing(window, range(1, 30));
    await alice.markRead(PAIR, 10);
    await away(alice);
    await alice.sendText(PAIR, 'Written meanwhile');
    await post(31, 300, 20);
    await post(301, 320, 1);
    await sweep(300);
    gate.sent.length = 0;
    await back(alice);
    const after = await showing(window, [...range(301, 320), 'Written meanwhile']);
    assert.equal(after.hasOlder, false);
    assert.ok(gate.ofType('range').length <= 3, `${gate.ofType('range').length} questions`);
    assert.deepEqual(await stored(device), seqs(after));
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 20);
  });

  test('asks again for a hole that nobody has explained, and closes it', async () => {
    await post(1, 10, 1);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await showing(window, range(1, 10));
    await away(alice);
    await post(11, 60, 0);
    let holes = 0;
    gate.alter = (frame) => {
      if (frame.type !== 'events' || frame['id'] === undefined || holes > 0) return frame;
      holes++;
      const events = (frame['events'] as { seq: number }[]).filter(({ seq }) => seq > 25);
      return { ...frame, from: 26, events };
    };
    await back(alice);
    await showing(window, range(1, 60));
    assert.equal(holes, 1);
  });

  test('does not ask for ever for a hole that stays', async () => {
    await post(1, 10, 1);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await showing(alice.history(PAIR), range(1, 10));
    await away(alice);
    await post(11, 60, 0);
    gate.alter = (frame) => {
      if (frame.type !== 'events' || frame['id'] === undefined) return frame;
      const events = (frame['events'] as { seq: number }[]).filter(({ seq }) => seq > 25);
      return { ...frame, from: 26, events };
    };
    gate.sent.length = 0;
    await back(alice);
    await eventually(() => gate.ofType('range').length >= 3, 'it has asked');
    await alice.sendText(PAIR, 'Still here');
    await eventually(() => gate.ofType('send').length === 1, 'it can send');
    assert.ok(gate.ofType('range').length < 12, `${gate.ofType('range').length} questions`);
    assert.ok((await stored(device)).every((order) => order <= 10 || order > 2 ** 50));
  });

  test('opens a conversation that begins late, and looks for nothing before it', async () => {
    await post(1, 60, 20);
    await post(61, 100, 1);
    await sweep(60);
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR, { pageSize: 20 });
    await showing(window, range(81, 100));
    await window.loadOlder();
    const whole = await showing(window, range(61, 100));
    assert.equal(whole.hasOlder, false);
    assert.equal(gate.ofType('range').length, 1);
  });

  test('begins where its user came in, whatever it had from before', async () => {
    await post(1, 80, 1);
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const window = alice.history(PAIR);
    await until(window.state, (state) => texts(state).length === 50);
    await away(alice);
    const members = world.store.members.bind(world.store);
    world.store.members = async (id) =>
      (await members(id)).map((member) =>
        member.user === 'alice' ? { ...member, joinedSeq: 90 } : member,
      );
    world.restart();
    await post(81, 100, 0);
    await back(alice);
    const after = await showing(window, range(91, 100));
    assert.equal(after.hasOlder, false);
    assert.deepEqual(await stored(device), seqs(after));
  });
});

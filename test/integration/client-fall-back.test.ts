import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Database, PENDING } from '../../src/client/database/database.js';
import { RUNTIME } from '../../src/client/environment.js';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { ImError } from '../../src/protocol/im-error.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { Disk } from '../helpers/disk.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');
const NAME = 'im-kit/chat.test/alice';

describe('a client whose storage fails', () => {
  let world: World;
  let device: Device;
  let disk: Disk;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
    device = world.device('alice');
    disk = new Disk(device.idb);
  });

  afterEach(() => world.stop());

  /** What the server's log of the pair says. */
  async function log(): Promise<readonly string[]> {
    const events = await world.store.range(PAIR, 0, 10_000, 10_000);
    return events.map(({ body }) => (body as { text: string }).text);
  }

  /** A client whose first message is on the server. */
  async function begun(): Promise<ImClient> {
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'first');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    return alice;
  }

  async function offline(client: ImClient): Promise<void> {
    world.cut();
    await until(client.connection, ({ status }) => status === 'offline');
  }

  async function deleteDatabase(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const request = device.idb.deleteDatabase(NAME);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(new Error('It could not be deleted.'));
    });
  }

  /** What is on the disk for the next client. */
  async function stored<T>(read: (db: Database) => Promise<T>): Promise<T> {
    const db = new Database(NAME, { indexedDB: device.idb, IDBKeyRange });
    await db.open();
    const found = await read(db);
    db.close();
    return found;
  }

  test('sends once what was accepted while the storage was lost', async () => {
    const gate = (world.gate = new Gate());
    const alice = await begun();
    gate.fromServer = ({ type }) => type !== 'ack';
    await alice.sendText(PAIR, 'second');
    await alice.sendText(PAIR, 'third');
    while ((await log()).length < 3) await new Promise((resolve) => setImmediate(resolve));
    gate.fromServer = () => true;
    const failures: string[] = [];
    alice.on('message-failed', ({ error }) => failures.push(error.code));

    await deleteDatabase();
    await alice.sendText(PAIR, 'fourth');
    const window = alice.history(PAIR);
    await until(
      window.state,
      ({ messages }) => messages.length === 4 && messages.every(({ seq }) => seq),
    );
    await showing(window, ['first', 'second', 'third', 'fourth']);
    assert.deepEqual(await log(), ['first', 'second', 'third', 'fourth']);
    assert.deepEqual(failures, []);
    // Nobody had to find out by trying.
    const again = gate.ofType('send').slice(3);
    assert.deepEqual(
      again.map(({ n }) => n),
      [0],
    );
  });

  test('takes a message for sent that was taken for failed, when the log brings it', async () => {
    const gate = (world.gate = new Gate());
    const alice = await begun();
    gate.fromServer = ({ type }) => type !== 'ack';
    await alice.sendText(PAIR, 'second');
    while ((await log()).length < 2) await new Promise((resolve) => setImmediate(resolve));
    gate.fromServer = () => true;
    await alice.destroy();
    await stored((db) =>
      db.write(async () => {
        await db.outbox.clear();
        await db.messages
          .filter(({ order }) => order >= PENDING)
          .modify({ pending: { failed: 'message/id-reused' } });
      }),
    );

    const again = world.client(device);
    const window = again.history(PAIR);
    await showing(window, ['first', 'second']);
    const state = await until(window.state, ({ messages }) => messages[1]?.seq === 2);
    assert.deepEqual(
      state.messages.map((message) => message.state.status),
      ['sent', 'sent'],
    );
  });

  test('shows and sends what an earlier session has left on a disk that is full now', async () => {
    world.online = false;
    const before = world.client(device);
    await before.sendText(PAIR, 'from the tunnel');
    await before.destroy();

    world.online = true;
    disk.failure = 'QuotaExceededError';
    const after = world.client(device);
    await until(after.storage, ({ status }) => status === 'memory');
    const window = after.history(PAIR);
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);
    assert.deepEqual(await log(), ['from the tunnel']);
  });

  test('never sends what was thrown away in memory', async () => {
    const alice = await begun();
    await offline(alice);
    const regretted = await alice.sendText(PAIR, 'regretted');
    disk.failure = 'UnknownError';
    await alice.sendText(PAIR, 'later');
    await until(alice.storage, ({ status }) => status === 'memory');
    const window = alice.history(PAIR);
    await showing(window, ['regretted', 'later']);
    await alice.discard(PAIR, regretted.id);
    await showing(window, ['later']);
    await alice.destroy();

    disk.failure = undefined;
    world.online = true;
    const again = await connected(world.client(device));
    await again.sendText(PAIR, 'a new day');
    await until(again.conversation(PAIR), (pair) => pair?.lastSeq === 2);
    await showing(again.history(PAIR), ['first', 'a new day']);
    assert.deepEqual(await log(), ['first', 'a new day']);
  });

  test('wipes the disk also when it has been in memory for long', async () => {
    const alice = await begun();
    disk.failure = 'QuotaExceededError';
    await world.core.post(PAIR, 'bob', 'text', { text: 'too much' });
    await until(alice.storage, ({ status }) => status === 'memory');
    disk.failure = undefined;
    await alice.logout({ wipe: true });
    assert.deepEqual(await device.idb.databases(), []);
  });

  test('writes nothing back to a disk that somebody else has wiped', async () => {
    const one = await begun();
    const other = await connected(world.client(device));
    await until(other.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await one.logout({ wipe: true });
    await other.sendText(PAIR, 'still here');
    await until(other.conversation(PAIR), (pair) => pair?.lastSeq === 2);
    assert.deepEqual(await device.idb.databases(), []);
  });

  for (const failure of ['UnknownError', 'AbortError']) {
    test(`goes on in memory when every write ends with an ${failure}`, async () => {
      const alice = await begun();
      disk.failure = failure;
      await world.core.post(PAIR, 'bob', 'text', { text: 'second' });
      await until(alice.storage, ({ status }) => status === 'memory');
      await alice.sendText(PAIR, 'third');
      const window = alice.history(PAIR);
      await showing(window, ['first', 'second', 'third']);
      await until(window.state, ({ messages }) => messages[2]?.seq === 3);
    });
  }

  test('throws nothing but errors of its own', async () => {
    const alice = await begun();
    disk.failure = 'DataError';
    await assert.rejects(
      alice.sendText(PAIR, 'second'),
      (error) => error instanceof ImError && error.code === 'storage/unavailable',
    );
    disk.failure = undefined;
    await alice.sendText(PAIR, 'third');
    await showing(alice.history(PAIR), ['first', 'third']);
  });

  test('gets over a memory that could not be had at first', async () => {
    let tries = 0;
    const alice = world.client(
      { user: 'alice', idb: new IDBFactory() },
      {
        indexedDb: () => undefined,
        memoryDb: async () => {
          if (tries++ === 0) throw new TypeError('Failed to fetch a module.');
          return RUNTIME.memoryDb();
        },
      },
    );
    const window = alice.history(PAIR);
    const failures: unknown[] = [];
    for (const live of [alice.conversations, alice.conversation(PAIR)]) {
      live.subscribe({ next: () => undefined, error: (error) => failures.push(error) });
    }
    const state = await until(alice.storage, ({ status }) => status !== 'opening');
    await eventually(() => failures.length === 2, 'the failures');
    assert.ok(failures.every((error) => error instanceof ImError));
    await assert.rejects(until(alice.totalUnread, () => true));
    assert.equal(state.status === 'unavailable' && state.error.code, 'storage/unavailable');
    await alice.sendText(PAIR, 'first');
    await until(alice.storage, ({ status }) => status === 'memory');
    await showing(window, ['first']);
    await until(alice.conversation(PAIR), (pair) => pair?.last !== undefined);
    await eventually(() => tries === 2, 'two tries');
    await connected(alice);
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);
  });
});

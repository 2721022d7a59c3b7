import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBFactory, IDBKeyRange, IDBObjectStore, forceCloseDatabase } from 'fake-indexeddb';
import { Database } from '../../src/client/database/database.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');
const NAME = 'im-kit/chat.test/alice';

function refuse(): never {
  throw new DOMException('Denied in private windows.', 'SecurityError');
}

describe('the storage of a client', () => {
  let world: World;
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);

  beforeEach(async () => {
    world = new World();
    rejections.length = 0;
    process.on('unhandledRejection', note);
    await world.people('alice', 'bob');
  });

  afterEach(async () => {
    makeRoom();
    await world.stop();
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    assert.deepEqual(rejections, []);
  });

  /** All connections to the device's database, to be broken. */
  function capture(idb: IDBFactory): IDBDatabase[] {
    const opened: IDBDatabase[] = [];
    const open = idb.open.bind(idb);
    idb.open = (name, version) => {
      const request = open(name, version);
      request.addEventListener('success', () => opened.push(request.result));
      return request;
    };
    return opened;
  }

  test('keeps what it has beyond the client, one database for a server and a user', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await until(alice.storage, ({ status }) => status === 'persistent');
    const names = await device.idb.databases();
    assert.deepEqual(
      names.map(({ name }) => name),
      [NAME],
    );
  });

  test('goes on in memory, and says so, when the database cannot be opened', async () => {
    const alice = world.client({
      user: 'alice',
      idb: Object.assign(new IDBFactory(), { open: refuse }),
    });
    const state = await until(alice.storage, ({ status }) => status === 'memory');
    assert.equal(state.status === 'memory' && state.error.code, 'storage/unavailable');
    await connected(alice);
    await alice.sendText(PAIR, 'Still talking');
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);
  });

  test('goes on in memory where there is no IndexedDB', async () => {
    const alice = world.client(world.device('alice'), { indexedDb: () => undefined });
    await until(alice.storage, ({ status }) => status === 'memory');
    await connected(alice);
  });

  test('opens the database again when it is closed under the client', async () => {
    const device = world.device('alice');
    const opened = capture(device.idb);
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'one');
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);

    for (const db of opened.splice(0)) forceCloseDatabase(db as never);
    await alice.sendText(PAIR, 'two');
    await until(window.state, ({ messages }) => messages[1]?.seq === 2);
    await world.core.post(PAIR, 'bob', 'text', { text: 'three' });
    await showing(window, ['one', 'two', 'three']);
    await until(alice.storage, ({ status }) => status === 'persistent');
    assert.equal(opened.length, 1);
  });

  test('makes way when somebody deletes the database, and fetches all of it again', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'one');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await new Promise<void>((resolve, reject) => {
      const request = device.idb.deleteDatabase(NAME);
      request.onsuccess = () => resolve();
      request.onblocked = () => reject(new Error('The client holds on to its database.'));
    });

    await alice.sendText(PAIR, 'two');
    await showing(alice.history(PAIR), ['one', 'two']);
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 2);
  });

  test('takes unsent messages along into memory when the database is gone for good', async () => {
    const device = world.device('alice');
    const opened = capture(device.idb);
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'first');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await alice.sendText(PAIR, 'written on the train');

    Object.assign(device.idb, { open: refuse });
    for (const db of opened) forceCloseDatabase(db as never);
    await alice.sendText(PAIR, 'written later');
    await until(alice.storage, ({ status }) => status === 'memory');
    await until(alice.conversation(PAIR), (pair) => pair?.title === 'Bob');

    world.online = true;
    alice.reconnect();
    const window = alice.history(PAIR);
    await until(
      window.state,
      ({ messages }) => messages.length === 3 && messages.every(({ seq }) => seq),
    );
    await showing(window, ['first', 'written on the train', 'written later']);
  });

  test('says when there is no room, and keeps what is there', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'one');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    const heal = fillUp();
    await assert.rejects(alice.sendText(PAIR, 'two'), { code: 'storage/quota-exceeded' });
    heal();
    await alice.sendText(PAIR, 'three');
    await showing(alice.history(PAIR), ['one', 'three']);
  });

  test('applies a batch with its cursor, or nothing of it', async () => {
    const device = world.device('alice');
    for (const text of ['one', 'two']) await world.core.post(PAIR, 'bob', 'text', { text });
    // The page of messages fails half-way, after the conversation's row was written before.
    const heal = fillUp(1);
    const alice = world.client(device);
    await until(alice.storage, ({ status }) => status === 'memory');
    heal();
    await connected(alice);
    await showing(alice.history(PAIR), ['one', 'two']);
    await alice.destroy();

    const db = new Database(NAME, { indexedDB: device.idb, IDBKeyRange });
    await db.open();
    const [row] = await db.conversations.toArray();
    assert.equal((await db.messages.count()) > 0, (row?.local?.to ?? 0) > 0);
    db.close();
  });

  test('never stores a message without its place in the outbox, or the reverse', async () => {
    const device = world.device('alice');
    world.online = false;
    const alice = world.client(device);
    await alice.sendText(PAIR, 'kept');
    const heal = fillUp(0, 'outbox');
    await assert.rejects(alice.sendText(PAIR, 'torn'));
    heal();
    await alice.destroy();
    const db = new Database(NAME, { indexedDB: device.idb, IDBKeyRange });
    await db.open();
    assert.equal(await db.messages.count(), 1);
    assert.equal(await db.outbox.count(), 1);
    assert.equal((await db.conversations.get(PAIR))?.nextN, 1);
    db.close();
  });

  test('wipes what it kept on request', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'private');
    await alice.logout({ wipe: true });
    assert.deepEqual(await device.idb.databases(), []);
    await until(alice.connection, ({ status }) => status === 'stopped');
  });

  test('starts over as a new device when the server counts differently', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'one');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await alice.destroy();
    const db = new Database(NAME, { indexedDB: device.idb, IDBKeyRange });
    await db.open();
    await db.conversations.update(PAIR, { nextN: 7 });
    db.close();

    const again = await connected(world.client(device, { random: () => 0 }));
    await again.sendText(PAIR, 'two');
    await again.sendText(PAIR, 'three');
    await until(again.conversation(PAIR), (pair) => pair?.lastSeq === 3);
    await showing(again.history(PAIR), ['one', 'two', 'three']);
  });
});

/** Makes every write to a table fail for want of room, after a number of them, until it is undone. */
function fillUp(after: number = 0, table: string = 'messages'): () => void {
  let left = after;
  const guard = (write: unknown) =>
    function (this: IDBObjectStore, ...row: unknown[]): unknown {
      if (this.name === table && left-- <= 0) {
        throw new DOMException('No room.', 'QuotaExceededError');
      }
      return (write as (...row: unknown[]) => unknown).apply(this, row);
    };
  Object.assign(IDBObjectStore.prototype, {
    add: guard(WRITERS.add.value),
    put: guard(WRITERS.put.value),
  });
  return makeRoom;
}

const WRITERS = Object.getOwnPropertyDescriptors(IDBObjectStore.prototype);

function makeRoom(): void {
  const { add, put } = WRITERS;
  Object.defineProperties(IDBObjectStore.prototype, { add, put });
}

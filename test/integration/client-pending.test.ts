import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBKeyRange } from 'fake-indexeddb';
import { Database } from '../../src/client/database/database.js';
import { RUNTIME } from '../../src/client/environment.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { Disk } from '../helpers/disk.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');
const NOWHERE = 'group:nowhere';
const NAME = 'im-kit/chat.test/alice';

describe('a message that waits', () => {
  let world: World;
  let device: Device;
  let disk: Disk;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    device = world.device('alice');
    disk = new Disk(device.idb);
  });

  afterEach(() => world.stop());

  /** The database on the disk, to be looked into once no client uses it. */
  async function stored<T>(read: (db: Database) => Promise<T>): Promise<T> {
    const db = new Database(NAME, { indexedDB: device.idb, IDBKeyRange });
    await db.open();
    const found = await read(db);
    db.close();
    return found;
  }

  test('keeps its conversation up by the clock of its device only until it is sent', async () => {
    const gate = (world.gate = new Gate());
    gate.fromServer = ({ type }) => type !== 'ack';
    const now = (): number => RUNTIME.now() + 3_600_000;
    const alice = await connected(world.client(device, { now }));
    await alice.sendText(PAIR, 'hello');
    await eventually(() => gate.ofType('send').length > 0, 'it is sent');
    world.cut();
    world.online = true;
    const pair = await until(alice.conversation(PAIR), (shown) => shown?.last?.seq === 1);
    assert.equal(pair?.activeAt, pair?.last?.at);
  });

  test('is sent by the connection that found the disk full, once there is room', async () => {
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(device, { random: () => 0.01 }));
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await alice.sendText(PAIR, 'hello');
    disk.table = 'messages';
    disk.failure = 'QuotaExceededError';
    world.online = true;
    await eventually(() => alice.exportLogs().includes('outbox-read-failed'), 'it has tried');
    disk.failure = undefined;
    await until(alice.conversation(PAIR), (pair) => pair?.last?.seq === 1);
    assert.equal(gate.ofType('hello').length, 2);
  });

  test('does not go out again while its refusal is being noted', async () => {
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(device));
    const failed: string[] = [];
    alice.on('message-failed', ({ messageId }) => failed.push(messageId));
    let meanwhile: Promise<unknown> | undefined;
    gate.fromServer = ({ type }) => {
      // Another message of hers is stored just then, which has all that wait looked at.
      if (type === 'error') meanwhile ??= alice.sendText(PAIR, 'meanwhile');
      return true;
    };
    for (const text of ['one', 'two', 'three']) void alice.sendText(NOWHERE, text);
    await eventually(() => failed.length === 3, 'all have failed');
    await meanwhile;
    const sent = gate.ofType('send').filter(({ conversation }) => conversation === NOWHERE);
    assert.equal(sent.length, 3);
  });

  test('is shown as failed although that could not be written down at once', async () => {
    const gate = (world.gate = new Gate());
    gate.fromServer = ({ type, id }) => {
      const isRefusal = type === 'error' && id !== undefined;
      disk.failure = isRefusal && disk.failure === undefined ? 'QuotaExceededError' : undefined;
      return true;
    };
    const alice = await connected(world.client(device, { random: () => 0 }));
    const failed: string[] = [];
    alice.on('message-failed', ({ error }) => failed.push(error.code));
    await alice.sendText(NOWHERE, 'anybody?');
    await eventually(() => failed.length > 0, 'it has failed');
    assert.deepEqual(failed, ['conversation/not-found']);
  });

  test('is shown as failed when it has moved to another database since it was sent', async () => {
    const gate = (world.gate = new Gate());
    gate.fromServer = ({ type }) => {
      if (type !== 'error') return true;
      // Between the refusal and the note of it the database breaks for good.
      device.idb.open = () => {
        throw new DOMException('Broken on purpose.', 'UnknownError');
      };
      disk.opened.at(-1)?.close();
      return true;
    };
    const alice = await connected(world.client(device));
    await alice.sendText(NOWHERE, 'anybody?');
    const window = alice.history(NOWHERE);
    await until(window.state, ({ messages }) => messages[0]?.state.status === 'failed');
  });

  test('leaves nothing behind in a database that it was taken out of', async () => {
    const gate = (world.gate = new Gate());
    gate.fromServer = ({ type }) => type !== 'ack';
    const alice = await connected(world.client(device));
    await alice.sendText(PAIR, 'hello');
    await eventually(() => gate.ofType('send').length > 0, 'it is sent');
    gate.fromServer = () => true;
    // There is no room to write any more, only to delete.
    disk.failure = 'QuotaExceededError';
    await world.core.post(PAIR, 'bob', 'text', { text: 'hello yourself' });
    await until(alice.storage, ({ status }) => status === 'memory');
    await alice.destroy();
    disk.failure = undefined;

    world.online = false;
    await world.client(device).setDraft(PAIR, 'a draft');
    await world.stop();
    const rows = await stored((db) => db.conversations.toArray());
    assert.deepEqual(
      rows.map(({ pending, nextN }) => ({ pending, nextN })),
      [{ pending: undefined, nextN: 0 }],
    );
  });
});

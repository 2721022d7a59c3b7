import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { IDBKeyRange } from 'fake-indexeddb';
import { openSqliteStore, StoreUnusableError } from '../../server/src/store/open-sqlite-store.js';
import { Database } from '../../src/client/database/database.js';
import { MIGRATIONS } from '../../src/client/database/migrations.js';
import { dumpDatabase } from '../helpers/stored-database.js';
import { common, oldContents, oldDevice, oldFolder } from './version-1.js';

const MIGRATOR = fileURLToPath(new URL('../fixtures/store-migrator.ts', import.meta.url));
const KILLS = 8;

describe('an upgrade of a data folder that is cut off', () => {
  /** The old state, or what the steps of today make of it: a step more would not be opened at all. */
  async function assertWhole(path: string): Promise<void> {
    const store = openSqliteStore(path);
    for (const { conversation, counters, events } of oldContents().conversations) {
      const { id, lastSeq } = conversation;
      assert.deepEqual(common(await store.conversation(id), conversation), conversation);
      assert.deepEqual(await store.range(id, 0, lastSeq, 10_000), events);
      for (const { user, device, next } of counters) {
        assert.equal(await store.nextN(id, user, device), next);
      }
    }
    await store.close();
  }

  async function isNew(path: string): Promise<boolean> {
    try {
      await assertWhole(path);
      return false;
    } catch (error) {
      if (error instanceof StoreUnusableError && /newer server/.test(error.message)) return true;
      throw error;
    }
  }

  /** Gives whether the upgrade was still under way. */
  function killAfter(path: string, delayMs: number): Promise<boolean> {
    const child = spawn(process.execPath, ['--import=tsx', MIGRATOR, path]);
    let printed = '';
    child.stdout.on('data', (bytes: Buffer) => {
      printed += bytes.toString();
      if (printed === 'begins\n') setTimeout(() => child.kill('SIGKILL'), delayMs);
    });
    return new Promise((resolve) => {
      child.on('close', () => resolve(printed === 'begins\n'));
    });
  }

  test('leaves the old state, whole, when a statement in the middle fails', async () => {
    const folder = oldFolder();
    const run = spawnSync(process.execPath, ['--import=tsx', MIGRATOR, folder.path, 'failing']);
    assert.match(run.stderr.toString(), /StoreUnusableError.*NOT NULL constraint failed/);
    await assertWhole(folder.path);
    folder.remove();
  });

  test(`leaves the old state, whole, at ${KILLS} kills in the middle`, async () => {
    let cut = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const copy = oldFolder();
      const wasUnderWay = await killAfter(copy.path, 20 + 30 * kill);
      // One that has just been stored, and could not say so any more, is whole as well: of the new step.
      if (wasUnderWay && !(await isNew(copy.path))) cut++;
      copy.remove();
    }
    assert.ok(cut > 0, 'no kill has met the upgrade');
  });
});

describe('an upgrade of a browser’s database that is cut off', () => {
  test('leaves the old state, whole, for the next one', async () => {
    const { idb } = await oldDevice();
    const name = 'im-kit/chat.test/alice';
    const before = await dumpDatabase(idb, name);
    const next = (MIGRATIONS.at(-1)?.version ?? 0) + 1;
    const failing = new Database(name, { indexedDB: idb, IDBKeyRange }, [
      ...MIGRATIONS,
      {
        version: next,
        stores: { extra: 'id' },
        upgrade: async (transaction) => {
          await transaction.table('outbox').clear();
          await transaction.table('messages').toCollection().modify({ body: 'changed' });
          transaction.abort();
        },
      },
    ]);
    await assert.rejects(failing.open());
    failing.close();
    assert.deepEqual(await dumpDatabase(idb, name), before);

    const today = new Database(name, { indexedDB: idb, IDBKeyRange });
    await today.open();
    const rows = (table: string): readonly unknown[] =>
      before.stores.find((store) => store.name === table)?.rows ?? [];
    assert.deepEqual(await today.outbox.toArray(), rows('outbox'));
    assert.equal(await today.messages.count(), rows('messages').length);
    today.close();
  });
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import { openSqliteStore, StoreLockedError } from '../../server/src/store/open-sqlite-store.js';
import { deviceSuite } from './device-suite.js';
import { changesSuite } from './changes-suite.js';
import { conversation, event, storeSuite } from './store-suite.js';
import { trimSuite } from './trim-suite.js';

const WRITER = fileURLToPath(new URL('../fixtures/store-writer.ts', import.meta.url));
const KILLS = 5;

const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'im-kit-store-'));
  folders.push(made);
  return made;
}

after(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

describe('the memory store', () => {
  deviceSuite(() => Promise.resolve(new MemoryStore()));
  storeSuite(() => Promise.resolve(new MemoryStore()));
  changesSuite(() => Promise.resolve(new MemoryStore()));
  trimSuite(() => Promise.resolve(new MemoryStore()));
});

describe('the SQLite store', () => {
  deviceSuite(() => Promise.resolve(openSqliteStore(folder())));
  storeSuite(() => Promise.resolve(openSqliteStore(folder())));
  changesSuite(() => Promise.resolve(openSqliteStore(folder())));
  trimSuite(() => Promise.resolve(openSqliteStore(folder())));

  test('has everything when it is opened again', async () => {
    const path = folder();
    const first = openSqliteStore(path);
    await first.commit({
      conversations: [conversation('group:tea', 1, ['alice'])],
      events: [event('group:tea', 1, 2, 'alice')],
    });
    await first.close();
    const second = openSqliteStore(path);
    assert.equal(await second.revision(), 2);
    assert.deepEqual((await second.range('group:tea', 0, 9, 9))[0]?.body, {
      text: '第 1 箱已出仓',
    });
    await second.close();
  });

  test('leaves nothing of a trial, and fails it when the folder takes nothing', async () => {
    const path = folder();
    const store = openSqliteStore(path);
    await store.probe();
    assert.ok(!readdirSync(path).includes('im-kit.probe'));
    mkdirSync(join(path, 'im-kit.probe', 'in-the-way'), { recursive: true });
    await assert.rejects(store.probe(), { code: 'server/store-unavailable' });
    await store.close();
  });

  test('lets no second process have the folder', () => {
    const path = folder();
    const child = spawnSync(process.execPath, ['--import=tsx', WRITER, path, 'once']);
    assert.equal(child.status, 0, child.stderr.toString());
    const store = openSqliteStore(path);
    const second = spawnSync(process.execPath, ['--import=tsx', WRITER, path, 'once']);
    assert.notEqual(second.status, 0);
    assert.match(second.stderr.toString(), new RegExp(StoreLockedError.name));
    void store.close();
  });

  test(`has every acknowledged event after ${KILLS} kills in the middle of commits`, async () => {
    const path = folder();
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      acknowledged = await writeUntilKilled(path, acknowledged + 20 + 7 * kill);
      const store = openSqliteStore(path);
      const head = await store.conversation('group:tea');
      const log = await store.range('group:tea', 0, head?.lastSeq ?? 0, 100_000);
      await store.close();
      assert.ok((head?.lastSeq ?? 0) >= acknowledged);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        log.map((_, index) => index + 1),
      );
    }
  });
});

/** Lets a child write until it has acknowledged `enough`, kills it, and gives the last acknowledgement. */
function writeUntilKilled(path: string, enough: number): Promise<number> {
  const child = spawn(process.execPath, ['--import=tsx', WRITER, path, 'on']);
  let printed = '';
  let last = 0;
  child.stdout.on('data', (bytes: Buffer) => {
    printed += bytes.toString();
    last = Number(printed.slice(0, printed.lastIndexOf('\n')).split('\n').at(-1));
    if (last >= enough) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve(last));
  });
}

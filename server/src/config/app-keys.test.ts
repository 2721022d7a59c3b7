import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { APP_KEYS_FILE, openAppKeys } from './app-keys.js';

describe('openAppKeys', () => {
  let folder: string;
  let path: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'im-kit-keys-'));
    path = join(folder, APP_KEYS_FILE);
  });

  after(() => rm(folder, { recursive: true }));

  test('makes keys once, for this user alone, and finds them again', async () => {
    const first = await openAppKeys(folder);
    const second = await openAppKeys(folder);
    assert.ok(first.made && !second.made);
    assert.deepEqual(second.keys, first.keys);
    assert.ok(first.keys.secret.length >= 43, 'the secret has less than 256 bits');
    assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  test('leaves nothing behind when the keys cannot be written', async () => {
    const blocked = await mkdtemp(join(folder, 'blocked-'));
    await mkdir(join(blocked, `${APP_KEYS_FILE}.new`, 'in-the-way'), { recursive: true });
    await assert.rejects(openAppKeys(blocked), { name: 'AppKeysError' });
    await assert.rejects(stat(join(blocked, APP_KEYS_FILE)), { code: 'ENOENT' });
  });

  test('leaves a file alone that it cannot read, and names it', async () => {
    for (const text of ['', '{}', '{"appId":"a","secret":"short"}', 'not JSON']) {
      await writeFile(path, text);
      await assert.rejects(openAppKeys(folder), (error: Error) => error.message.includes(path));
      assert.equal(await readFile(path, 'utf8'), text);
    }
  });
});

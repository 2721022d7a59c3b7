import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { ImError } from '../../../src/protocol/im-error.js';
import { MemoryStore } from '../store/memory-store.js';
import { createHealth, type Health } from './health.js';

class Disk extends MemoryStore {
  isFull = false;
  probes = 0;

  override async probe(): Promise<void> {
    this.probes++;
    if (this.isFull) throw new ImError('server/store-unavailable', 'The disk refuses.');
  }
}

describe('the health of the server', () => {
  let disk: Disk;
  let health: Health;
  let now: number;

  beforeEach(() => {
    disk = new Disk();
    now = 0;
    health = createHealth(disk, '0.1.0', () => now);
  });

  const status = async (): Promise<string> => (await health.report()).status;

  test('needs no write while nothing has been refused', async () => {
    assert.equal(await status(), 'ok');
    assert.equal(disk.probes, 0);
  });

  test('fails from a refusal until the disk takes something, without anybody sending', async () => {
    disk.isFull = true;
    health.observe({ type: 'store-failed', error: new Error('ENOSPC') });
    assert.equal(await status(), 'failing');
    disk.isFull = false;
    now += 5_000;
    assert.equal(await status(), 'ok');
    assert.equal(await status(), 'ok');
    assert.equal(disk.probes, 2);
  });

  test('tries the disk no more often for many who ask', async () => {
    disk.isFull = true;
    health.observe({ type: 'store-failed', error: new Error('ENOSPC') });
    for (let asked = 0; asked < 50; asked++) assert.equal(await status(), 'failing');
    assert.equal(disk.probes, 1);
  });

  test('is well again with the next commit', async () => {
    disk.isFull = true;
    health.observe({ type: 'store-failed', error: new Error('ENOSPC') });
    health.observe({ type: 'committed', events: 1, commits: 1 });
    assert.equal(await status(), 'ok');
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientFrame } from '../../protocol/client-frames.js';
import { ImError } from '../../protocol/im-error.js';
import { CatchUp, type CatchUpOptions } from './catch-up.js';

/** A device that has nothing, and whose server has no more to tell: what is asked, in order. */
function emptyDevice(): { readonly catchUp: CatchUp; readonly asked: string[] } {
  const asked: string[] = [];
  const none = { toArray: () => Promise.resolve([]), primaryKeys: () => Promise.resolve([]) };
  const db = {
    meta: { get: () => Promise.resolve({ key: 'cursor', value: 'kept' }) },
    conversations: { ...none, filter: () => none },
  };
  const options = {
    environment: { schedule: () => () => undefined, now: () => 0 },
    storage: { use: (read: (database: unknown) => unknown) => Promise.resolve(read(db)) },
    mirror: { self: 'alice', rows: () => [], settled: () => Promise.resolve() },
    inbox: { idle: true, isFull: false },
    open: { has: () => false },
    connection: {
      ready: true,
      progress: () => undefined,
      restart: () => undefined,
      ask: (frame: ClientFrame) => {
        if (frame.type === 'sync') asked.push(frame.cursor === '' ? 'everything' : 'what moved');
        return Promise.resolve({ type: 'heads', id: 1, heads: [], cursor: 'kept', more: false });
      },
    },
    link: {},
    log: { warn: () => undefined, error: () => undefined, debug: () => undefined },
  };
  return { catchUp: new CatchUp(options as unknown as CatchUpOptions), asked };
}

async function compare(catchUp: CatchUp, conversations: number, seqs: number): Promise<void> {
  catchUp.compare({ conversations, seqs });
  await catchUp.synced();
}

test('asks for what moved, then for everything, then no more while the digest stays', async () => {
  const { catchUp, asked } = emptyDevice();
  for (let beat = 0; beat < 4; beat++) await compare(catchUp, 1, 5);
  assert.deepEqual(asked, ['what moved', 'everything']);
});

test('looks again when another digest differs', async () => {
  const { catchUp, asked } = emptyDevice();
  for (const seqs of [5, 6, 7, 8]) await compare(catchUp, 1, seqs);
  assert.deepEqual(asked, ['what moved', 'what moved', 'what moved', 'what moved']);
});

test('looks again after the two ends were the same, and on a new connection', async () => {
  const { catchUp, asked } = emptyDevice();
  for (let beat = 0; beat < 3; beat++) await compare(catchUp, 1, 5);
  await compare(catchUp, 0, 0);
  await compare(catchUp, 1, 5);
  await compare(catchUp, 1, 5);
  catchUp.stop(new ImError('connection/offline', 'cut'));
  await compare(catchUp, 1, 5);
  assert.deepEqual(asked, ['what moved', 'everything', 'what moved', 'everything', 'what moved']);
});

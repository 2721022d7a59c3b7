import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Database, newConversation } from '../database/database.js';
import { RUNTIME } from '../environment.js';
import { Receipts, type ReceiptsOptions } from './receipts.js';

const PAIR = 'c2c:alice:bob';

test('what a window shows can be read before the list has heard of it', async () => {
  const db = new Database('read', { indexedDB: new IDBFactory(), IDBKeyRange });
  await db.open();
  const before = { ...newConversation(PAIR, 0), lastSeq: 2, readSeq: 2, local: { from: 1, to: 2 } };
  await db.conversations.put({ ...before, lastSeq: 3, unread: 1, local: { from: 1, to: 3 } });
  const receipts = new Receipts({
    environment: RUNTIME,
    receipt: true,
    storage: { use: (work: (used: Database) => unknown) => work(db) },
    mirror: { self: 'bob', row: () => before, settled: () => Promise.resolve() },
    link: { ready: false },
  } as unknown as ReceiptsOptions);

  await receipts.markRead(PAIR, 3);

  assert.equal((await db.conversations.get(PAIR))?.readSeq, 3);
  db.close();
});

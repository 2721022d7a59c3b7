import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Database, newConversation, type MessageRow } from './database.js';
import { MIGRATIONS } from './migrations.js';

function row(conversation: string, order: number, kind: string, body: object): MessageRow {
  return { conversation, order, at: order, sender: 'mara', clientId: `k${order}`, kind, body };
}

test('logs with changes that version 1 did not know are fetched again, others stay', async () => {
  const idb = { indexedDB: new IDBFactory(), IDBKeyRange };
  const old = new Dexie('kept', idb);
  old.version(1).stores(MIGRATIONS[0]?.stores ?? {});
  await old.open();
  await old.table('conversations').bulkPut(
    ['c2c:ken:mara', 'group:hikers'].map((id) => ({
      ...newConversation(id, 1),
      local: { from: 1, to: 2 },
    })),
  );
  await old
    .table('messages')
    .bulkPut([
      row('c2c:ken:mara', 1, 'text', { text: 'At nine' }),
      row('c2c:ken:mara', 2, 'edit', { target: 1, version: 2, text: 'At ten' }),
      row('c2c:ken:mara', 2 ** 52 + 1, 'text', { text: 'Not sent yet' }),
      row('group:hikers', 1, 'text', { text: 'Who brings the map?' }),
      row('group:hikers', 2, 'text', { text: 'I do' }),
    ]);
  await old.table('meta').put({ key: 'cursor', value: '7' });
  old.close();

  const db = new Database('kept', idb);
  await db.open();
  const kept = await db.messages.toArray();
  assert.deepEqual(
    kept.map(({ conversation, order }) => [conversation, order]),
    [
      ['c2c:ken:mara', 2 ** 52 + 1],
      ['group:hikers', 1],
      ['group:hikers', 2],
    ],
  );
  const [pair, group] = await db.conversations.bulkGet(['c2c:ken:mara', 'group:hikers']);
  assert.deepEqual([pair?.local, group?.local], [undefined, { from: 1, to: 2 }]);
  assert.equal(await db.meta.get('cursor'), undefined);
  db.close();
});

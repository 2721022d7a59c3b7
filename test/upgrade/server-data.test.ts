import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import type { Store } from '../../server/src/store/store.js';
import { World } from '../helpers/core-world.js';
import { common, HARBOUR, oldContents, oldFolder, PAIR, type OldContents } from './version-1.js';

describe('a data folder of version 1', () => {
  const expected: OldContents = oldContents();
  let folder: ReturnType<typeof oldFolder>;
  let store: Store;

  beforeEach(() => {
    folder = oldFolder();
    store = openSqliteStore(folder.path);
  });

  afterEach(async () => {
    await store.close();
    folder.remove();
  });

  async function assertWhole(): Promise<void> {
    assert.equal(await store.revision(), expected.revision);
    const users = await store.users(expected.users.map(({ id }) => id));
    assert.deepEqual(common(users, expected.users), expected.users);
    for (const { conversation, members, counters, events } of expected.conversations) {
      const { id, lastSeq } = conversation;
      assert.deepEqual(common(await store.conversation(id), conversation), conversation);
      assert.deepEqual(common(await store.members(id), members), members);
      assert.deepEqual(await store.range(id, 0, lastSeq, 10_000), events);
      for (const { user, device, next } of counters) {
        assert.equal(await store.nextN(id, user, device), next);
      }
      for (const { sender, clientId, seq } of events) {
        assert.equal((await store.find(id, sender, clientId))?.seq, seq);
      }
    }
  }

  test('is all there when the server of today opens it', async () => {
    assert.ok(expected.conversations.some(({ events }) => events.length > 70));
    await assertWhole();
  });

  test('is all there at the second start as well, which has nothing left to do', async () => {
    await store.close();
    store = openSqliteStore(folder.path);
    await assertWhole();
  });

  test('goes on where it was', async () => {
    const { core } = new World(store);
    const lastSeq = (await store.conversation(HARBOUR))?.lastSeq ?? 0;
    const { seq } = await core.post(HARBOUR, 'mara', 'text', { text: 'Gate 5 as well.' });
    assert.equal(seq, lastSeq + 1);
    await core.putUser({ id: 'bob', name: 'Bob Tanaka' });
    assert.deepEqual(await store.users(['bob']), [{ id: 'bob', name: 'Bob Tanaka' }]);
    const heads = await store.heads('alice', expected.revision, 10);
    assert.deepEqual(
      heads.map(({ conversation, last }) => [conversation.id, last?.event.seq]),
      [[HARBOUR, seq]],
    );
    assert.equal((await store.conversation(PAIR))?.lastSeq, 3);
  });
});

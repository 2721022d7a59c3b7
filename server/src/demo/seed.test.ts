import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isUserId } from '../../../src/protocol/ids.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { createCore } from '../core/create-core.js';
import { MemoryStore } from '../store/memory-store.js';
import { seedDemo } from './seed.js';
import { PEOPLE } from './stories.js';

const NOW = Date.UTC(2026, 10, 24, 12);

async function unreadOf(store: MemoryStore, user: string): Promise<Record<string, number>> {
  const heads = await store.heads(user, 0, 100);
  const counts: Record<string, number> = {};
  for (const { conversation, member } of heads) {
    const { id, lastSeq } = conversation;
    counts[id] = await store.unread(id, user, member.read, lastSeq, LIMITS.unreadCap);
  }
  return counts;
}

describe('seedDemo', () => {
  test('fills an empty store with conversations of the last days', async () => {
    const store = new MemoryStore();
    await seedDemo(store, NOW);
    const heads = await store.heads('alice', 0, 100);
    assert.ok(heads.length >= 6);
    for (const { conversation } of heads) {
      const log = await store.range(conversation.id, 0, conversation.lastSeq, 200);
      assert.deepEqual(
        log.map(({ seq }) => seq),
        log.map((_, index) => index + 1),
      );
      assert.deepEqual(
        log.map(({ at }) => at),
        log.map(({ at }) => at).toSorted((one, other) => one - other),
        `${conversation.id} is not in the order of time`,
      );
      assert.ok(
        log.every(({ at }) => at < NOW),
        `${conversation.id} is in the future`,
      );
    }
  });

  test('has the newest conversation between Alice and Bob, and a few unread ones for Alice', async () => {
    const store = new MemoryStore();
    await seedDemo(store, NOW);
    const heads = await store.heads('alice', 0, 100);
    const newest = heads.toSorted((a, b) => b.conversation.activeAt - a.conversation.activeAt)[0];
    assert.equal(newest?.conversation.id, 'c2c:alice:bob');
    const counts = await unreadOf(store, 'alice');
    assert.ok(
      Object.values(counts).filter((count) => count > 0).length >= 2,
      JSON.stringify(counts),
    );
  });

  test('leaves a store alone that is in use', async () => {
    const store = new MemoryStore();
    await seedDemo(store, NOW);
    const before = await store.revision();
    await seedDemo(store, NOW + 1);
    assert.equal(await store.revision(), before);
  });

  test('makes only what the core itself would accept', async () => {
    assert.ok(PEOPLE.every(({ id, name }) => isUserId(id) && name.length <= LIMITS.nameLength));
    const store = new MemoryStore();
    await seedDemo(store, NOW);
    const core = createCore({
      store,
      now: () => NOW,
      randomBytes: (count) => new Uint8Array(count),
      schedule: () => () => undefined,
      authenticate: () => Promise.reject(new Error('nobody signs in')),
    });
    const before = (await store.conversation('group:autumn-launch'))?.lastSeq ?? 0;
    const { seq } = await core.post('group:autumn-launch', 'bob', 'text', { text: 'Good to go.' });
    assert.equal(seq, before + 1);
    await core.drain();
  });
});

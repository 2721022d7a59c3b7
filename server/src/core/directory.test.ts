import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import type { LogEvent } from '../../../src/protocol/entities.js';
import { MemoryStore } from '../store/memory-store.js';
import type { Store, StoredConversation } from '../store/store.js';
import { Directory } from './directory.js';

const PAIR = 'c2c:alice:bob';

const CONVERSATION: StoredConversation = {
  ...{ id: PAIR, kind: 'c2c', name: undefined, avatarUrl: undefined, revision: 1 },
  ...{ lastSeq: 0, messageSeq: 0, trimmed: 0, activeAt: 1_000 },
};

describe('a conversation that is read from the store', () => {
  let store: MemoryStore;

  beforeEach(() => {
    store = new MemoryStore();
  });

  const make = (): Promise<void> =>
    store.commit({ conversations: [{ conversation: CONVERSATION, members: ['alice', 'bob'] }] });

  test('has its members although it comes into being meanwhile', async () => {
    // Every answer is from a moment of its own.
    const slow = Object.assign(Object.create(store) as Store, {
      members: (id: string) => store.members(id),
      pins: (id: string) => store.pins(id),
      range: (...asked: Parameters<Store['range']>) => store.range(...asked),
      conversation: async (id: string) => {
        await Promise.resolve();
        await make();
        return store.conversation(id);
      },
    });
    const room = await new Directory(slow).room(PAIR);
    assert.deepEqual([...(room?.members.keys() ?? [])], ['alice', 'bob']);
  });

  test('knows when its newest event was stored, also when that is no message', async () => {
    await make();
    const append = (event: LogEvent): Promise<void> =>
      store.commit({
        events: [
          {
            ...{ conversation: PAIR, event, bodyJson: JSON.stringify(event.body) },
            ...{ device: undefined, n: 0, revision: event.seq + 1 },
          },
        ],
      });
    const alice = { sender: 'alice' };
    await append({
      ...alice,
      seq: 1,
      at: 2_000,
      clientId: 'k1',
      kind: 'text',
      body: { text: 'Hi' },
    });
    await append({
      ...alice,
      seq: 2,
      at: 9_000,
      clientId: 'k2',
      kind: 'recall',
      body: { target: 1 },
    });
    const room = await new Directory(store).room(PAIR);
    assert.equal(room?.activeAt, 2_000);
    assert.equal(room.lastAt, 9_000);
  });
});

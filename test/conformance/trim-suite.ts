/** What every store must do when the oldest events go. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { NewEvent, Store } from '../../server/src/store/store.js';
import type { LogEvent } from '../../src/protocol/entities.js';
import { AT, conversation, event } from './store-suite.js';

/** Registers the tests; `open` gives an empty store. */
export function trimSuite(open: () => Promise<Store>): void {
  describe('with old events', () => {
    let store: Store;

    beforeEach(async () => {
      store = await open();
    });

    afterEach(() => store.close());

    test('removes the oldest events, and counts on from where the log has got to', async () => {
      await store.commit({
        conversations: [conversation('group:tea', 1, ['alice', 'bob'])],
        events: [1, 2, 3, 4, 5].map((seq) => event('group:tea', seq, seq + 1, 'alice')),
      });
      await store.commit({
        trims: [{ conversation: 'group:tea', upTo: 3, forgetBefore: 0, revision: 7 }],
      });
      const head = await store.conversation('group:tea');
      assert.deepEqual([head?.trimmed, head?.lastSeq, head?.revision], [3, 5, 7]);
      assert.equal(await store.revision(), 7);
      const seqs = async (after: number, upTo: number, limit: number): Promise<readonly number[]> =>
        (await store.range('group:tea', after, upTo, limit)).map(({ seq }) => seq);
      assert.deepEqual(await seqs(0, 5, 9), [4, 5]);
      assert.deepEqual(await seqs(0, 5, 1), [4]);
      assert.deepEqual(await seqs(4, 5, 9), [5]);
      assert.deepEqual(await seqs(0, 3, 9), []);
      assert.equal(await store.unread('group:tea', 'bob', 0, 5, 100), 2);
      assert.equal(await store.unread('group:tea', 'bob', 4, 5, 100), 1);
      assert.equal(await store.unread('group:tea', 'bob', 0, 4, 100), 1);
      assert.equal((await store.find('group:tea', 'alice', 'alice-4'))?.seq, 4);
      assert.equal(await store.nextN('group:tea', 'alice', 'of-alice'), 5);
      assert.deepEqual(await store.digest('alice'), {
        ...{ conversations: 1, seqs: 5, trimmed: 3 },
      });
      const [seen] = await store.heads('alice', 6, 9);
      assert.deepEqual([seen?.conversation.trimmed, seen?.last?.event.seq], [3, 5]);

      await store.commit({
        events: [event('group:tea', 6, 8, 'alice')],
        trims: [{ conversation: 'group:tea', upTo: 4, forgetBefore: 0, revision: 9 }],
      });
      assert.deepEqual(await seqs(0, 9, 9), [5, 6]);
      assert.equal((await store.conversation('group:tea'))?.trimmed, 4);
    });

    test('knows by its name what has gone, for as long as it is told to', async () => {
      const made = (seq: number, revision: number): NewEvent =>
        event('group:tea', seq, revision, 'alice');
      await store.commit({
        conversations: [conversation('group:tea', 1, ['alice'])],
        events: [1, 2, 3, 4, 5].map((seq) => made(seq, seq + 1)),
      });
      const trim = { conversation: 'group:tea', upTo: 3, forgetBefore: AT + 2, revision: 7 };
      await store.commit({ trims: [trim] });
      const find = (id: string): Promise<LogEvent | undefined> =>
        store.find('group:tea', 'alice', id);
      const { kind } = made(3, 0).event;
      const former = { seq: 3, at: AT + 3, sender: 'alice', clientId: 'alice-3', kind, body: null };
      assert.deepEqual([await find('alice-1'), await find('alice-3')], [undefined, former]);
      assert.deepEqual(await store.standing('group:tea', [3]), []);

      const again = { ...made(6, 8), event: { ...made(6, 8).event, clientId: 'alice-3' } };
      await assert.rejects(store.commit({ events: [again] }), { code: 'message/id-reused' });
      await store.commit({
        events: [made(6, 8)],
        trims: [{ conversation: 'group:tea', upTo: 4, forgetBefore: AT + 4, revision: 9 }],
      });
      assert.deepEqual([await find('alice-3'), (await find('alice-4'))?.seq], [undefined, 4]);
    });

    test('takes along what has become of them, and unpins them', async () => {
      const pin = { seq: 4, at: AT + 4, by: 'alice', on: true };
      await store.commit({
        conversations: [conversation('group:tea', 1, ['alice'])],
        events: [1, 2, 3, 4, 5].map((seq) => event('group:tea', seq, seq + 1, 'alice')),
        changes: [2, 4].map((target) => ({
          conversation: 'group:tea',
          target,
          changes: { versions: [], reactions: [], pin },
        })),
      });
      await store.commit({
        trims: [{ conversation: 'group:tea', upTo: 3, forgetBefore: 0, revision: 7 }],
      });
      const standing = await store.standing('group:tea', [2, 4]);
      assert.deepEqual(
        standing.map(({ event: { seq }, changes }) => [seq, changes?.pin?.seq]),
        [[4, 4]],
      );
      assert.deepEqual(
        (await store.pins('group:tea')).map(({ target }) => target),
        [4],
      );
      await store.commit({ blanks: [{ conversation: 'group:tea', seqs: [4] }] });
      const bodies = (await store.range('group:tea', 0, 9, 9)).map(({ body }) => body === null);
      assert.deepEqual(bodies, [true, false]);
    });

    test('finds what is old, conversation by conversation, and leaves the newest message alone', async () => {
      const ids = ['c2c:alice:bob', 'group:a', 'group:b', 'group:c', 'group:d'];
      await store.commit({
        conversations: ids.map((id, index) => conversation(id, index + 1, ['alice'])),
        events: [
          ...[1, 2, 3].map((seq) => event('c2c:alice:bob', seq, 5 + seq, 'alice')),
          event('group:a', 1, 9, 'alice'),
          ...[1, 2].map((seq) => event('group:c', seq, 9 + seq, 'alice')),
          ...[1, 2].map((seq) => event('group:d', seq, 11 + seq, 'alice')),
        ],
        trims: [{ conversation: 'c2c:alice:bob', upTo: 1, forgetBefore: 0, revision: 14 }],
      });
      const stale = async (
        at: number,
        after: string,
        limit: number,
      ): Promise<readonly [readonly string[], string | undefined]> => {
        const { conversations, next } = await store.stale(at, after, limit);
        return [conversations.map(({ id }) => id), next];
      };
      assert.deepEqual(await stale(AT + 9, '', 9), [
        ['c2c:alice:bob', 'group:c', 'group:d'],
        undefined,
      ]);
      assert.deepEqual(await stale(AT + 2, '', 9), [['group:c', 'group:d'], undefined]);
      assert.deepEqual(await stale(AT + 1, '', 9), [[], undefined]);
      assert.deepEqual(await stale(AT + 9, '', 2), [['c2c:alice:bob'], 'group:a']);
      assert.deepEqual(await stale(AT + 9, 'group:a', 2), [['group:c'], 'group:c']);
      assert.deepEqual(await stale(AT + 9, 'group:c', 2), [['group:d'], undefined]);
      assert.deepEqual(await stale(AT + 9, 'group:d', 2), [[], undefined]);
    });
  });
}

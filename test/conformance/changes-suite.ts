/** What every store must do with changes of messages. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { Store } from '../../server/src/store/store.js';
import { AT, conversation, event } from './store-suite.js';

/** Registers the tests; `open` gives an empty store. */
export function changesSuite(open: () => Promise<Store>): void {
  let store: Store;

  beforeEach(async () => {
    store = await open();
  });

  afterEach(() => store.close());

  test('tells messages as they stand, and pins in the order in which they were set', async () => {
    const id = 'group:tea';
    const pin = (seq: number, on: boolean) => ({ seq, at: AT + seq, by: 'bob', on });
    const pinned = { versions: [], reactions: [], pin: pin(5, true) };
    const late = {
      versions: [{ seq: 4, at: AT + 4, text: '改了' }],
      reactions: [],
      pin: pin(6, true),
    };
    const change = { ...event(id, 4, 5, 'bob'), n: 0 };
    await store.commit({
      conversations: [conversation(id, 1, ['alice', 'bob'])],
      events: [1, 2, 3].map((seq) => event(id, seq, seq + 1, 'alice')),
    });
    await store.commit({
      events: [{ ...change, event: { ...change.event, kind: 'react' } }],
      changes: [
        { conversation: id, target: 3, changes: pinned },
        { conversation: id, target: 1, changes: late },
        { conversation: id, target: 2, changes: { ...pinned, pin: pin(7, false) } },
      ],
    });
    const found = await store.standing(id, [3, 1, 99]);
    assert.deepEqual(
      found.map((one) => [one.event.seq, one.changes]),
      [
        [1, late],
        [3, pinned],
      ],
    );
    assert.deepEqual((await store.standing(id, [4]))[0]?.changes, undefined);
    assert.deepEqual(await store.pins(id), [
      { target: 3, at: AT + 5, by: 'bob' },
      { target: 1, at: AT + 6, by: 'bob' },
    ]);
    const heads = await store.heads('alice', 0, 9);
    assert.deepEqual(
      heads.map(({ conversation: { lastSeq, messageSeq, activeAt } }) => [
        lastSeq,
        messageSeq,
        activeAt,
      ]),
      [[4, 3, AT + 3]],
    );
    assert.deepEqual(
      heads.map(({ last }) => last),
      [{ event: event(id, 3, 0, 'alice').event, changes: pinned }],
    );
    assert.equal(await store.unread(id, 'lin', 0, 9, 100), 3);
  });

  test('forgets what became of messages that were removed', async () => {
    const id = 'group:tea';
    const pinned = { versions: [], reactions: [], pin: { seq: 4, at: AT, by: 'bob', on: true } };
    await store.commit({
      conversations: [conversation(id, 1, ['alice'])],
      events: [1, 2, 3].map((seq) => event(id, seq, seq + 1, 'alice')),
      changes: [1, 2].map((target) => ({ conversation: id, target, changes: pinned })),
    });
    await store.commit({ trims: [{ conversation: id, upTo: 1, forgetBefore: 0, revision: 5 }] });
    assert.deepEqual(
      (await store.pins(id)).map(({ target }) => target),
      [2],
    );
    assert.deepEqual(
      (await store.standing(id, [1, 2, 3])).map(({ event: { seq }, changes }) => [seq, changes]),
      [
        [2, pinned],
        [3, undefined],
      ],
    );
    await store.commit({ blanks: [{ conversation: id, seqs: [2] }] });
    assert.deepEqual(
      (await store.range(id, 1, 9, 9)).map(({ seq, body }) => [seq, body === null]),
      [
        [2, true],
        [3, false],
      ],
    );
    assert.equal((await store.find(id, 'alice', 'alice-3'))?.seq, 3);
  });

  test('leaves the newest message alone, whatever happened to it since', async () => {
    const id = 'group:tea';
    const reaction = { ...event(id, 3, 4, 'alice').event, kind: 'react' };
    await store.commit({
      conversations: [conversation(id, 1, ['alice'])],
      events: [
        event(id, 1, 2, 'alice'),
        event(id, 2, 3, 'alice'),
        { ...event(id, 3, 4, 'alice'), event: reaction },
      ],
      trims: [{ conversation: id, upTo: 1, forgetBefore: 0, revision: 5 }],
    });
    assert.deepEqual((await store.stale(AT + 99, '', 9)).conversations, []);
  });

  test('takes bodies away, and finds the events all the same', async () => {
    const id = 'group:tea';
    await store.commit({
      conversations: [conversation(id, 1, ['alice'])],
      events: [1, 2, 3].map((seq) => event(id, seq, seq + 1, 'alice')),
    });
    await store.commit({ blanks: [{ conversation: id, seqs: [1, 3] }] });
    assert.deepEqual(
      (await store.range(id, 0, 9, 9)).map(({ body }) => body === null),
      [true, false, true],
    );
    assert.equal((await store.find(id, 'alice', 'alice-1'))?.body, null);
  });
}

/** What every store must do, whatever it keeps its data in. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import type { Commit, NewConversation, NewEvent, Store } from '../../server/src/store/store.js';

export const AT: number = 1_795_478_400_000;

export function conversation(id: string, revision: number, members: string[]): NewConversation {
  return {
    conversation: {
      id,
      kind: id.startsWith('group:') ? 'group' : 'c2c',
      name: id.startsWith('group:') ? '夜班' : undefined,
      avatarUrl: undefined,
      lastSeq: 0,
      messageSeq: 0,
      trimmed: 0,
      activeAt: AT,
      revision,
    },
    members,
  };
}

export function event(id: string, seq: number, revision: number, sender: string): NewEvent {
  const body = { text: `第 ${seq} 箱已出仓` };
  return {
    conversation: id,
    event: { seq, at: AT + seq, sender, clientId: `${sender}-${seq}`, kind: 'text', body },
    bodyJson: JSON.stringify(body),
    device: `of-${sender}`,
    n: seq - 1,
    revision,
  };
}

/** Registers the tests; `open` gives an empty store. */
export function storeSuite(open: () => Promise<Store>): void {
  let store: Store;

  beforeEach(async () => {
    store = await open();
  });

  afterEach(() => store.close());

  test('is empty at first', async () => {
    assert.equal(await store.revision(), 0);
    assert.equal(await store.conversation('group:tea'), undefined);
    assert.deepEqual(await store.heads('alice', 0, 10), []);
    assert.deepEqual(await store.digest('alice'), { conversations: 0, seqs: 0, trimmed: 0 });
    assert.deepEqual(await store.range('group:tea', 0, 9, 9), []);
    assert.equal(await store.nextN('group:tea', 'alice', 'phone'), 0);
  });

  test('gives back what a commit has brought', async () => {
    await store.commit({
      users: [
        { id: 'alice', name: 'Alice' },
        { id: 'lin', name: '林佳', avatarUrl: 'https://example.com/l.png' },
      ],
      conversations: [conversation('group:tea', 1, ['alice', 'lin'])],
      events: [
        event('group:tea', 1, 2, 'alice'),
        event('group:tea', 2, 3, 'lin'),
        event('group:tea', 3, 4, 'lin'),
      ],
      marks: [
        {
          conversation: 'group:tea',
          user: 'alice',
          delivered: 3,
          read: 2,
          receipt: 1,
          revision: 5,
        },
      ],
    });
    assert.equal(await store.revision(), 5);
    assert.deepEqual(
      (await store.users(['lin', 'nobody'])).map(({ name, avatarUrl }) => [name, avatarUrl]),
      [['林佳', 'https://example.com/l.png']],
    );
    const found = await store.conversation('group:tea');
    assert.deepEqual(
      [found?.lastSeq, found?.activeAt, found?.revision, found?.name],
      [3, AT + 3, 5, '夜班'],
    );
    const alice = (await store.members('group:tea')).find(({ user }) => user === 'alice');
    assert.deepEqual(alice, { user: 'alice', joinedSeq: 0, delivered: 3, read: 2, receipt: 1 });
    assert.deepEqual(
      (await store.range('group:tea', 1, 3, 9)).map(({ seq, sender, body }) => [seq, sender, body]),
      [
        [2, 'lin', { text: '第 2 箱已出仓' }],
        [3, 'lin', { text: '第 3 箱已出仓' }],
      ],
    );
    assert.deepEqual(
      (await store.range('group:tea', 0, 3, 2)).map(({ seq }) => seq),
      [1, 2],
    );
    assert.equal(await store.unread('group:tea', 'alice', 0, 3, 100), 2);
    assert.equal(await store.unread('group:tea', 'alice', 0, 3, 1), 1);
    assert.equal(await store.unread('group:tea', 'alice', 2, 3, 100), 1);
    assert.equal(await store.nextN('group:tea', 'lin', 'of-lin'), 3);
    assert.equal((await store.find('group:tea', 'lin', 'lin-3'))?.seq, 3);
    assert.equal(await store.find('group:tea', 'alice', 'lin-3'), undefined);
  });

  test('lists heads by rising revision, after one, with their newest event', async () => {
    await store.commit({
      conversations: [
        conversation('group:a', 1, ['alice']),
        conversation('group:b', 2, ['alice', 'bob']),
      ],
      events: [event('group:b', 1, 3, 'bob'), event('group:a', 1, 4, 'alice')],
    });
    const all = await store.heads('alice', 0, 10);
    assert.deepEqual(
      all.map((head) => [head.conversation.id, head.last?.event.seq, head.memberCount]),
      [
        ['group:b', 1, 2],
        ['group:a', 1, 1],
      ],
    );
    assert.deepEqual(
      (await store.heads('alice', 3, 10)).map((head) => head.conversation.id),
      ['group:a'],
    );
    assert.equal((await store.heads('alice', 0, 1)).length, 1);
    assert.deepEqual(await store.digest('alice'), { conversations: 2, seqs: 2, trimmed: 0 });
    assert.deepEqual(await store.digest('bob'), { conversations: 1, seqs: 1, trimmed: 0 });
  });

  test('keeps nothing of a commit that reuses a client id', async () => {
    await store.commit({
      conversations: [conversation('group:tea', 1, ['alice'])],
      events: [event('group:tea', 1, 2, 'alice')],
    });
    const reused = {
      ...event('group:tea', 3, 4, 'alice'),
      event: { ...event('group:tea', 3, 4, 'alice').event, clientId: 'alice-1' },
    };
    await assert.rejects(
      store.commit({
        users: [{ id: 'bob', name: 'Bob' }],
        events: [event('group:tea', 2, 3, 'alice'), reused],
      }),
      { code: 'message/id-reused' },
    );
    assert.equal((await store.conversation('group:tea'))?.lastSeq, 1);
    assert.equal(await store.revision(), 2);
    assert.deepEqual(await store.users(['bob']), []);
    assert.equal((await store.range('group:tea', 0, 9, 9)).length, 1);
    await store.commit({ events: [event('group:tea', 2, 3, 'alice')] });
    assert.equal((await store.conversation('group:tea'))?.lastSeq, 2);
  });

  test('can be tried without a change', async () => {
    await store.commit({ conversations: [conversation('group:tea', 1, ['alice'])] });
    await store.probe();
    assert.equal(await store.revision(), 1);
  });

  test('moves a counter without an event', async () => {
    await store.commit({
      conversations: [conversation('group:tea', 1, ['alice'])],
      events: [event('group:tea', 1, 2, 'alice')],
    });
    const counter = { conversation: 'group:tea', user: 'alice' };
    await store.commit({
      counters: [
        { ...counter, device: 'of-alice', next: 2 },
        { ...counter, device: 'new', next: 1 },
      ],
    });
    assert.equal(await store.nextN('group:tea', 'alice', 'of-alice'), 2);
    assert.equal(await store.nextN('group:tea', 'alice', 'new'), 1);
    assert.equal(await store.revision(), 2);
    await store.commit({
      events: [{ ...event('group:tea', 2, 3, 'alice'), n: 5 }],
      counters: [{ ...counter, device: 'of-alice', next: 4 }],
    });
    assert.equal(await store.nextN('group:tea', 'alice', 'of-alice'), 6);
  });

  test('gives back any body, letter by letter', async () => {
    const texts = ['a\0b', '\0', '\ud83d', 'x\udc00y', '👩‍🚀', '\u2028', ' '];
    const made = texts.map((text, index) => {
      const plain = event('group:tea', index + 1, index + 2, 'alice');
      return {
        ...plain,
        event: { ...plain.event, body: { text } },
        bodyJson: JSON.stringify({ text }),
      };
    });
    await store.commit({ conversations: [conversation('group:tea', 1, ['alice'])], events: made });
    assert.deepEqual(
      (await store.range('group:tea', 0, 99, 99)).map(({ body }) => body),
      texts.map((text) => ({ text })),
    );
  });

  test('refuses a kind, a name or an address that it would cut or change', async () => {
    await store.commit({ conversations: [conversation('group:tea', 1, ['alice'])] });
    for (const bad of ['system\0', '\0', 'x\ud800', '\udfff']) {
      const plain = event('group:tea', 1, 2, 'alice');
      const made = conversation('group:ice', 2, ['alice']);
      const commits: readonly Commit[] = [
        { events: [{ ...plain, event: { ...plain.event, kind: bad } }] },
        { users: [{ id: 'lin', name: bad }] },
        { users: [{ id: 'lin', name: 'Lin', avatarUrl: bad }] },
        { conversations: [{ ...made, conversation: { ...made.conversation, name: bad } }] },
      ];
      for (const commit of commits) {
        await assert.rejects(store.commit(commit), { code: 'request/invalid' });
      }
    }
    assert.equal(await store.revision(), 1);
    assert.deepEqual(await store.users(['lin']), []);
    assert.equal(await store.conversation('group:ice'), undefined);
  });

  test('holds any batches as the list that they make', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom('alice', 'bob'), { maxLength: 6 }), { maxLength: 6 }),
        async (batches) => {
          const id = `group:run-${++run}`;
          let revision = await store.revision();
          await store.commit({ conversations: [conversation(id, ++revision, ['alice', 'bob'])] });
          const senders: string[] = [];
          for (const batch of batches) {
            const events = batch.map((sender) => {
              senders.push(sender);
              return event(id, senders.length, ++revision, sender);
            });
            await store.commit({ events });
          }
          const log = await store.range(id, 0, senders.length, 1_000);
          assert.deepEqual(
            log.map(({ sender }) => sender),
            senders,
          );
          assert.deepEqual(
            log.map(({ seq }) => seq),
            senders.map((_, index) => index + 1),
          );
          assert.equal((await store.conversation(id))?.lastSeq, senders.length);
          assert.equal(
            await store.unread(id, 'alice', 0, senders.length, 100),
            senders.filter((sender) => sender === 'bob').length,
          );
          assert.equal(await store.revision(), revision);
        },
      ),
      { numRuns: 25 },
    );
  });
}

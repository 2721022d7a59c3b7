import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settle, TestCore, type Device } from '../../../../test/helpers/core-device.js';

const DAY_MS = 86_400_000;
const PAIR = 'c2c:alice:bob';
/** Longer than until any sweep. */
const SWEEPS_MS = 2 * 3_600_000;
const STRIDE_MS = 20_000;

describe('retention', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
    world.keepMs = 7 * DAY_MS;
    world.restart();
  });

  async function post(conversation: string, texts: readonly string[]): Promise<void> {
    for (const text of texts) await world.core.post(conversation, 'alice', 'text', { text });
  }

  /** Lets sweeps come and go. */
  async function sweep(ms: number = SWEEPS_MS): Promise<void> {
    for (let passed = 0; passed < ms; passed += STRIDE_MS) {
      world.pass(STRIDE_MS);
      await settle();
    }
  }

  /** Another process, whose first sweep comes before any socket is silent for too long. */
  async function sweepWith(user: string): Promise<Device> {
    world.restart();
    const device = await world.connect(user);
    world.pass(6_000);
    await settle();
    return device;
  }

  async function log(conversation: string = PAIR): Promise<readonly number[]> {
    return (await world.store.range(conversation, 0, 9_999, 9_999)).map(({ seq }) => seq);
  }

  test('removes what is too old, and nothing else', async () => {
    await post(PAIR, ['one', 'two']);
    world.pass(5 * DAY_MS);
    await post(PAIR, ['three', 'four']);
    await sweep();
    assert.deepEqual(await log(), [1, 2, 3, 4]);
    world.pass(3 * DAY_MS);
    await sweep();
    assert.deepEqual(await log(), [3, 4]);
    assert.equal((await world.store.conversation(PAIR))?.trimmed, 2);
  });

  test('keeps the newest message, however old it is, and counts on from it', async () => {
    await post(PAIR, ['one', 'two', 'three']);
    world.pass(20 * DAY_MS);
    await sweep();
    assert.deepEqual(await log(), [3]);
    await post(PAIR, ['four']);
    assert.deepEqual(await log(), [3, 4]);
  });

  test('keeps all where nothing is said of it', async () => {
    world.keepMs = undefined;
    world.restart();
    await post(PAIR, ['one', 'two']);
    world.pass(400 * DAY_MS);
    await sweep();
    assert.deepEqual(await log(), [1, 2]);
  });

  test('goes through many conversations and long logs, a bounded piece at a time', async () => {
    const groups = Array.from({ length: 230 }, (_, index) => `group:g${1_000 + index}`);
    for (const id of groups) {
      await world.core.createGroup({ id, name: id, members: ['alice', 'bob'] });
      await post(id, ['one', 'two']);
    }
    await post(
      PAIR,
      Array.from({ length: 1_300 }, (_, index) => `${index + 1}`),
    );
    world.pass(20 * DAY_MS);
    const { commits } = world.store;
    await sweep();
    assert.deepEqual(await log(), [1_300]);
    for (const id of groups) assert.deepEqual(await log(id), [3], id);
    // Three for the long one, one for each of the others, and none that finds nothing.
    assert.equal(world.store.commits - commits, 3 + groups.length);
    const done = world.store.commits;
    await sweep();
    assert.equal(world.store.commits, done);
  });

  test('tries again after a disk that refuses, and tells nobody of what has not happened', async () => {
    await post(PAIR, ['one', 'two']);
    world.pass(20 * DAY_MS);
    world.store.refusing = true;
    const bob = await sweepWith('bob');
    assert.deepEqual(await log(), [1, 2]);
    assert.deepEqual(bob.pushed('head'), []);
    world.store.refusing = false;
    await sweep();
    assert.deepEqual(await log(), [2]);
  });

  test('stops with the server', async () => {
    await post(PAIR, ['one', 'two']);
    await world.core.drain();
    world.pass(20 * DAY_MS);
    await sweep();
    assert.deepEqual(await log(), [1, 2]);
  });

  test('unpins what is gone, and lets nobody change it any more', async () => {
    await post(PAIR, ['one', 'two', 'three']);
    for (const target of [1, 3]) {
      await world.core.post(PAIR, 'bob', 'pin', { target, on: true });
    }
    world.pass(20 * DAY_MS);
    const alice = await sweepWith('alice');
    // The newest message stays, and what became of it.
    assert.deepEqual(await log(), [3, 4, 5]);
    assert.deepEqual(
      alice.pushed('head')[0]?.head.pins?.map(({ target }) => target),
      [3],
    );
    const change = { conversation: PAIR, clientId: 'p1', n: 0, kind: 'pin' };
    alice.say({ type: 'send', id: 77, ...change, body: { target: 1, on: true } });
    await settle();
    assert.equal(alice.pushed('error').at(-1)?.code, 'message/not-found');
  });

  describe('as devices see it', () => {
    let bob: Device;

    beforeEach(async () => {
      await post(PAIR, ['one', 'two', 'three', 'four']);
      world.pass(5 * DAY_MS);
      await post(PAIR, ['five', 'six']);
      world.pass(3 * DAY_MS);
      bob = await sweepWith('bob');
    });

    function range(place: object, limit: number = 200): ReturnType<typeof bob.ask<'events'>> {
      return bob.ask('events', { type: 'range', conversation: PAIR, limit, ...place });
    }

    test('tells those who are there where the log begins, and what is unread', async () => {
      const [{ head } = assert.fail('no head')] = bob.pushed('head');
      assert.deepEqual([head.trimmed, head.lastSeq, head.unread, head.last?.seq], [4, 6, 2, 6]);
    });

    test('tells the others by the next question for what has moved', async () => {
      const alice = await world.connect('alice');
      const { heads, cursor } = await alice.ask('heads', { type: 'sync', cursor: '' });
      assert.deepEqual(
        heads.map(({ trimmed }) => trimmed),
        [4],
      );
      await sweep(20_000);
      const { heads: none } = await alice.ask('heads', { type: 'sync', cursor });
      assert.deepEqual(none, []);
    });

    test('answers a question for what is gone with what follows it, and says so', async () => {
      const { from, to, trimmed } = await range({ after: 2 });
      assert.deepEqual([from, to, trimmed], [5, 6, 4]);
      const page = await range({ after: 0 }, 1);
      assert.deepEqual([page.from, page.to, page.trimmed], [5, 5, 4]);
    });

    test('says where the log begins on the way down, and that nothing is below', async () => {
      const page = await range({ before: 7 });
      assert.deepEqual([page.from, page.to, page.trimmed], [5, 6, 4]);
      const first = await range({ before: 7 }, 1);
      assert.deepEqual([first.from, first.trimmed], [6, undefined]);
      for (const before of [5, 4, 1]) {
        const { from, to, events, trimmed } = await range({ before });
        assert.deepEqual([from, to, events, trimmed], [5, 4, [], 4]);
      }
    });

    test('says nothing of it where nothing is missing', async () => {
      for (const after of [4, 5, 6]) {
        const { from, trimmed } = await range({ after });
        assert.deepEqual([from, trimmed], [after + 1, undefined]);
      }
    });

    test('gives a client of version 1 something in every place, since it knows no trims', async () => {
      const old = await world.connect('bob', 'old', 1);
      const ask = (place: object, limit: number): ReturnType<typeof old.ask<'events'>> =>
        old.ask('events', { type: 'range', conversation: PAIR, limit, ...place });
      const page = await ask({ after: 1 }, 2);
      assert.deepEqual([page.from, page.to, page.trimmed], [2, 3, undefined]);
      assert.deepEqual(
        page.events.map(({ kind, sender }) => [kind, sender]),
        [
          ['trimmed', '@system'],
          ['trimmed', '@system'],
        ],
      );
      const rest = await ask({ after: 3 }, 200);
      assert.deepEqual([rest.from, rest.to, rest.events[0]?.at !== 0], [4, 4, true]);
      assert.deepEqual((await ask({ after: 4 }, 200)).events.at(-1)?.body, { text: 'six' });
    });
  });

  test('begins the log of somebody who came later right after the place where they came', async () => {
    await post(PAIR, ['one', 'two', 'three']);
    const members = world.store.members.bind(world.store);
    world.store.members = async (id) =>
      (await members(id)).map((member) =>
        member.user === 'bob' ? { ...member, joinedSeq: 2 } : member,
      );
    world.restart();
    const bob = await world.connect('bob');
    const { heads } = await bob.ask('heads', { type: 'sync', cursor: '' });
    assert.deepEqual([heads[0]?.trimmed, heads[0]?.unread], [2, 1]);
    const asked = { type: 'range', conversation: PAIR, limit: 9 };
    const up = await bob.ask('events', { ...asked, after: 0 });
    const down = await bob.ask('events', { ...asked, before: 4 });
    assert.deepEqual([up.from, up.to, up.trimmed], [3, 3, 2]);
    assert.deepEqual([down.from, down.to, down.trimmed], [3, 3, 2]);
    const alice = await world.connect('alice');
    assert.equal((await alice.ask('events', { ...asked, after: 0 })).from, 1);
  });

  test('answers what is repeated after it was removed, with its old place, and takes it for nothing new', async () => {
    await post(PAIR, ['one']);
    const react = { kind: 'react', clientId: 'r1', body: { target: 1, emoji: '🎉', on: true } };
    const sends = [
      { n: 0, ...react },
      { n: 1, kind: 'text', clientId: 'm1', body: { text: 'The lake at six?' } },
    ];
    const sendAll = async (): Promise<readonly number[]> => {
      const device = await world.connect('bob');
      const seqs: number[] = [];
      for (const send of sends) {
        seqs.push((await device.ask('ack', { type: 'send', conversation: PAIR, ...send })).seq);
      }
      return seqs;
    };
    assert.deepEqual(await sendAll(), [2, 3]);
    await post(PAIR, ['four']);
    world.pass(20 * DAY_MS);
    await sweep();
    assert.deepEqual(await log(), [4]);
    assert.deepEqual(await sendAll(), [2, 3]);
    assert.deepEqual(await log(), [4]);
  });

  test('tells in the digest where logs begin, to those who know of that', async () => {
    await post(PAIR, ['one', 'two', 'three']);
    const device = await world.connect('bob');
    const digest = async (): Promise<object> => (await device.ask('pong', { type: 'ping' })).digest;
    assert.deepEqual(await digest(), { conversations: 1, seqs: 3 });
    world.pass(20 * DAY_MS);
    await sweep();
    const later = await world.connect('bob');
    const { digest: now } = await later.ask('pong', { type: 'ping' });
    assert.deepEqual(now, { conversations: 1, seqs: 3, trimmed: 2 });
  });
});

import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { ImError } from '../../../src/protocol/im-error.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import { settle, TestCore } from '../../../test/helpers/core-device.js';
import type { Core } from './core.js';

const PAIR = 'c2c:alice:bob';

describe('the core', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
  });

  test('numbers the events of a conversation without holes and tells everybody else', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    for (let n = 0; n < 5; n++) alice.send(n, `Nr. ${n}`);
    await settle();
    assert.deepEqual(
      alice.pushed('ack').map(({ seq }) => seq),
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(alice.pushed('events'), []);
    const events = bob.pushed('events').flatMap((frame) => frame.events);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [1, 2, 3, 4, 5],
    );
    assert.deepEqual(
      events.map(({ body }) => body),
      [0, 1, 2, 3, 4].map((n) => ({ text: `Nr. ${n}` })),
    );
    assert.equal(bob.pushed('head')[0]?.head.conversation, PAIR);
  });

  test('refuses what cannot be a message, by name', async () => {
    const alice = await world.connect('alice');
    const code = async (kind: string, body: unknown): Promise<string> =>
      (
        await alice.ask('error', {
          type: 'send',
          conversation: PAIR,
          clientId: 'k',
          n: 0,
          kind,
          body,
        })
      ).code;
    assert.equal(await code('text', { text: '   ' }), 'message/empty');
    assert.equal(await code('text', {}), 'message/empty');
    assert.equal(
      await code('text', { text: 'a'.repeat(LIMITS.textLength + 1) }),
      'message/too-large',
    );
    assert.equal(await code('system', { action: 'created' }), 'request/invalid');
    const kept = await alice.ask('ack', {
      type: 'send',
      conversation: PAIR,
      clientId: 'k',
      n: 0,
      kind: 'poll',
      body: { q: 'Tea?' },
    });
    assert.equal(kept.seq, 1);
  });

  test('answers for what is absent and for what is not yours alike', async () => {
    await world.core.createGroup({ id: 'group:secret', name: 'Secret', members: ['bob', 'lin'] });
    const alice = await world.connect('alice');
    const answers = [];
    for (const conversation of [
      'group:secret',
      'group:nowhere',
      'c2c:bob:lin',
      'c2c:alice:nobody',
    ]) {
      for (const frame of [
        { type: 'open' },
        { type: 'range', after: 0, limit: 5 },
        { type: 'send', clientId: 'k', n: 0, kind: 'text', body: { text: 'hi' } },
      ]) {
        const { code, message } = await alice.ask('error', { ...frame, conversation });
        answers.push(`${code} ${message}`);
      }
    }
    assert.deepEqual(
      [...new Set(answers)],
      ['conversation/not-found There is no such conversation.'],
    );
  });

  test('pages through heads and ranges, and counts what is unread', async () => {
    const alice = await world.connect('alice');
    for (let n = 0; n < 7; n++) alice.send(n, `${n}`);
    await settle();
    const bob = await world.connect('bob');
    const page = await bob.ask('heads', { type: 'sync', cursor: '' });
    assert.equal(page.heads[0]?.unread, 7);
    assert.equal(page.heads[0].lastSeq, 7);
    assert.equal(page.more, false);
    assert.deepEqual((await bob.ask('heads', { type: 'sync', cursor: page.cursor })).heads, []);
    const up = await bob.ask('events', { type: 'range', conversation: PAIR, after: 2, limit: 3 });
    assert.deepEqual([up.from, up.to], [3, 5]);
    const down = await bob.ask('events', {
      type: 'range',
      conversation: PAIR,
      before: 3,
      limit: 50,
    });
    assert.deepEqual([down.from, down.to], [1, 2]);
    const { digest } = await bob.ask('pong', { type: 'ping' });
    assert.deepEqual(digest, { conversations: 1, seqs: 7 });
  });

  test('raises marks only, and keeps a hidden reading between the own devices', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob', 'phone');
    const bobsDesk = await world.connect('bob', 'desk');
    for (let n = 0; n < 4; n++) alice.send(n, `${n}`);
    await settle();
    const mark = (delivered: number, read: number, receipt: boolean): void => {
      bob.say({ type: 'mark', marks: [{ conversation: PAIR, delivered, read, receipt }] });
    };
    mark(4, 3, true);
    await settle();
    mark(2, 1, true);
    await settle();
    assert.deepEqual(
      alice.pushed('marks').map(({ marks }) => marks[0]),
      [{ user: 'bob', delivered: 4, read: 3 }],
    );
    mark(4, 4, false);
    await settle();
    assert.equal(alice.pushed('marks').at(-1)?.marks[0]?.read, 3);
    assert.equal(bobsDesk.pushed('marks').at(-1)?.marks[0]?.read, 4);
    assert.deepEqual(bob.pushed('marks'), []);
  });

  test('lets no mark fall that is told while a higher one is on its way to the disk', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob', 'phone');
    const desk = await world.connect('bob', 'desk');
    for (let n = 0; n < 4; n++) alice.send(n, `${n}`);
    await settle();
    const mark = (device: typeof bob, delivered: number, read: number): void => {
      const own = { conversation: PAIR, delivered, read, receipt: true };
      device.say({ type: 'mark', marks: [own] });
    };
    world.store.held = [];
    mark(bob, 4, 4);
    await settle();
    mark(desk, 3, 2);
    await settle();
    const [release] = world.store.held;
    world.store.held = undefined;
    release?.();
    await settle();
    const kept = (await world.store.members(PAIR)).find(({ user }) => user === 'bob');
    assert.deepEqual([kept?.delivered, kept?.read, kept?.receipt], [4, 4, 4]);
    assert.deepEqual(
      alice.pushed('marks').map(({ marks }) => marks[0]?.read),
      [4],
    );
    mark(desk, 4, 4);
    await settle();
    assert.equal(alice.pushed('marks').length, 1);
  });

  test('goes on with the marks after one of a conversation that is not theirs', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    alice.send(0, 'Read me');
    await settle();
    const own = { delivered: 1, read: 1, receipt: true };
    const conversations = ['group:nowhere', 'c2c:alice:lin', PAIR];
    bob.say({
      type: 'mark',
      marks: conversations.map((conversation) => ({ conversation, ...own })),
    });
    await settle();
    assert.equal(alice.pushed('marks')[0]?.marks[0]?.read, 1);
  });

  test('passes typing on to the others alone', async () => {
    const alice = await world.connect('alice');
    const bob = await world.connect('bob');
    await alice.ask('head', { type: 'open', conversation: PAIR });
    bob.say({ type: 'typing', conversation: PAIR, active: true });
    await settle();
    assert.deepEqual(alice.pushed('typing'), [
      { type: 'typing', conversation: PAIR, user: 'bob', active: true },
    ]);
    assert.deepEqual(bob.pushed('typing'), []);
  });

  test('makes one group of an id, and refuses who comes at the same moment', async () => {
    const made = await Promise.allSettled([
      world.core.createGroup({ id: 'group:tea', name: 'One', members: ['alice'] }),
      world.core.createGroup({ id: 'group:tea', name: 'Two', members: ['bob', 'lin'] }),
    ]);
    assert.deepEqual(
      made.map((one) => (one.status === 'fulfilled' ? 'made' : (one.reason as ImError).field)),
      ['made', 'id'],
    );
    const members = await world.store.members('group:tea');
    assert.deepEqual(
      members.map(({ user }) => user),
      ['alice'],
    );
  });

  test('keeps a profile that is written while its person says hello for the first time', async () => {
    const name = 'Mara Okafor';
    for (const hello of ['first', 'last']) {
      const id = `mara-${hello}`;
      const put = (): Promise<unknown> => world.core.putUser({ id, name });
      const connect = (): Promise<unknown> => world.connect(id);
      await Promise.all(hello === 'first' ? [connect(), put()] : [put(), connect()]);
      assert.equal((await world.store.users([id]))[0]?.name, name);
      assert.equal((await world.core.user(id)).name, name);
    }
  });

  test('makes groups of people who exist, once, with a first event', async () => {
    const bob = await world.connect('bob');
    await world.core.createGroup({ id: 'group:tea', name: 'Tea', members: ['alice', 'bob'] });
    assert.equal(bob.pushed('events')[0]?.events[0]?.kind, 'system');
    const code = async (group: Parameters<Core['createGroup']>[0]): Promise<string> => {
      try {
        await world.core.createGroup(group);
        return 'made';
      } catch (error) {
        return error instanceof ImError ? `${error.code} ${error.field}` : String(error);
      }
    };
    assert.equal(
      await code({ id: 'group:tea', name: 'Tea', members: ['alice'] }),
      'request/invalid id',
    );
    assert.equal(await code({ id: 'tea', name: 'Tea', members: ['alice'] }), 'request/invalid id');
    assert.equal(
      await code({ name: 'n'.repeat(10_000), members: ['alice'] }),
      'request/invalid name',
    );
    assert.equal(await code({ name: 'Tea', members: [] }), 'request/invalid members');
    assert.equal(
      await code({ name: 'Tea', members: ['alice', 'nobody'] }),
      'user/not-found members',
    );
  });
});

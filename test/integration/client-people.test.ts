import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { RUNTIME } from '../../src/client/environment.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { isConnected, until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');
const GROUP = 'group:harbour';

describe('what the list says', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
    await world.core.createGroup({ id: GROUP, name: 'Harbour', members: ['alice', 'bob', 'mara'] });
  });

  afterEach(() => world.stop());

  test('shows who types until they stop, write, or fall silent', async () => {
    const expiries: { delayMs: number; task: () => void }[] = [];
    const alice = await connected(
      world.client(world.device('alice'), {
        schedule(delayMs, task) {
          if (delayMs !== 5_000) return RUNTIME.schedule(delayMs, task);
          expiries.push({ delayMs, task });
          return () => undefined;
        },
      }),
    );
    const bob = await connected(world.client(world.device('bob')));
    await bob.sendText(PAIR, 'hello');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    const typing = alice.typing(PAIR);

    bob.setTyping(PAIR, true);
    const [person] = await until(typing, ({ length }) => length === 1);
    assert.deepEqual(person, { id: 'bob', name: 'Bob', avatarUrl: undefined });
    bob.setTyping(PAIR, false);
    await until(typing, ({ length }) => length === 0);

    bob.setTyping(PAIR, true);
    await until(typing, ({ length }) => length === 1);
    await bob.sendText(PAIR, 'done');
    await until(typing, ({ length }) => length === 0);

    bob.setTyping(PAIR, true);
    await until(typing, ({ length }) => length === 1);
    expiries.at(-1)?.task();
    await until(typing, ({ length }) => length === 0);
  });

  test('says at most every three seconds that somebody types', async () => {
    let now = 1_000_000;
    const gate = (world.gate = new Gate());
    const bob = await connected(world.client(world.device('bob'), { now: () => now }));
    for (const later of [0, 1_000, 1_900, 200]) {
      now += later;
      bob.setTyping(PAIR, true);
    }
    assert.equal(gate.ofType('typing').length, 2);
    bob.setTyping(PAIR, false);
    bob.setTyping(PAIR, false);
    assert.deepEqual(
      gate.ofType('typing').map(({ active }) => active),
      [true, true, false],
    );
  });

  test('keeps drafts over a reload, and lets go of the one that is sent', async () => {
    const device = world.device('alice');
    const before = await connected(world.client(device));
    await before.setDraft(PAIR, 'Half a thou');
    await before.setDraft(GROUP, '下午见');
    await before.destroy();
    const after = await connected(world.client(device));
    await until(after.conversation(PAIR), (pair) => pair?.draft === 'Half a thou');
    await until(after.conversation(GROUP), (group) => group?.draft === '下午见');
    await after.sendText(GROUP, '下午见');
    await until(after.conversation(GROUP), (group) => group?.draft === '');
    await after.setDraft(PAIR, '');
    await until(after.conversation(PAIR), (pair) => pair?.draft === '');
    await assert.rejects(after.setDraft('c2c:bob:mara', 'not mine'), {
      code: 'conversation/not-found',
    });
  });

  test('puts the conversation that moved last on top', async () => {
    const alice = await connected(world.client(world.device('alice')));
    await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
    await until(alice.conversations, ([first]) => first?.id === PAIR);
    await new Promise((resolve) => setTimeout(resolve, 2));
    await world.core.post(GROUP, 'mara', 'text', { text: 'two' });
    const list = await until(alice.conversations, ([first]) => first?.id === GROUP);
    assert.equal(list[0]!.last!.content.type, 'text');
    assert.equal(list[0]!.last!.sender.name, 'Mara');
  });

  test('learns the names of people it meets', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const id = await alice.openPeer('mara');
    await until(alice.conversation(id), (pair) => pair?.title === 'Mara');
    await assert.rejects(alice.openPeer('alice'), { code: 'user/not-found' });
    await assert.rejects(alice.openPeer('not an id'), { code: 'user/not-found' });
  });

  test('opens a conversation without a connection, and tells the server later', async () => {
    world.online = false;
    const alice = world.client(world.device('alice'));
    const id = await alice.openPeer('mara');
    await until(alice.conversation(id), (pair) => pair?.title === 'mara' && pair.lastSeq === 0);
    world.online = true;
    alice.reconnect();
    await until(alice.conversation(id), (pair) => pair?.title === 'Mara');
  });

  test('tells of messages that arrive, and not of history that is loaded', async () => {
    for (let index = 0; index < 60; index++) {
      await world.core.post(PAIR, 'bob', 'text', { text: `old ${index}` });
    }
    const alice = world.client(world.device('alice'));
    const heard: string[] = [];
    alice.on('message', ({ messages }) => {
      for (const { content } of messages) if (content.type === 'text') heard.push(content.text);
    });
    await until(alice.connection, isConnected);
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages.length === 50);
    await window.loadOlder();
    await world.core.post(PAIR, 'bob', 'text', { text: 'new' });
    await alice.sendText(PAIR, 'mine');
    await until(window.state, ({ messages }) => messages.length === 62);
    await eventually(() => heard.length > 0, 'the new message');
    assert.deepEqual(heard, ['new']);
  });

  test('keeps a conversation that is entered while all of them are asked for', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), {
      schedule: (delayMs, task) => RUNTIME.schedule(Math.min(delayMs, 5), task),
      now: (() => {
        let now = 0;
        return () => (now += 2_500);
      })(),
    });
    let isEntered = false;
    const enter = async (): Promise<void> => {
      isEntered = true;
      await world.core.createGroup({ id: 'group:pier', name: 'Pier', members: ['alice', 'mara'] });
    };
    // The digest differs until everything is asked for; the answer to that does not know the pier.
    gate.alter = (frame) =>
      frame.type === 'pong' ? { ...frame, digest: { conversations: 9, seqs: 9 } } : frame;
    gate.fromServer = (frame) => {
      const all = gate.ofType('sync').findLast(({ cursor }) => cursor === '');
      if (frame.type === 'heads' && gate.ofType('sync').length > 2 && frame['id'] === all?.['id'])
        void enter();
      return true;
    };
    await eventually(() => isEntered, 'a question for all conversations');
    await until(alice.conversation('group:pier'), (group) => group?.title === 'Pier');
    await connected(alice);
    await until(alice.conversation('group:pier'), (group) => group?.title === 'Pier');
  });

  test('refuses what cannot be sent, with a code', async () => {
    const alice = world.client(world.device('alice'));
    await assert.rejects(alice.sendText(PAIR, ' \n '), { code: 'message/empty' });
    await assert.rejects(alice.sendText(PAIR, 'x'.repeat(10_001)), { code: 'message/too-large' });
    await assert.rejects(alice.sendText('nonsense', 'x'), { code: 'conversation/not-found' });
    await assert.rejects(alice.sendText('c2c:bob:mara', 'x'), { code: 'conversation/not-found' });
    await showing(alice.history(PAIR), []);
  });
});

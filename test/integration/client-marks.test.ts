import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Message, SocketLike } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');
const GROUP = 'group:harbour';

describe('what has been read, and who knows of it', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
    await world.core.createGroup({ id: GROUP, name: 'Harbour', members: ['alice', 'bob', 'mara'] });
  });

  afterEach(() => world.stop());

  test('counts messages of others as unread, own ones and the system never', async () => {
    const alice = await connected(world.client(world.device('alice')));
    await until(
      alice.conversation(GROUP),
      (group) => group?.title === 'Harbour' && group.unread === 0,
    );
    await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
    await world.core.post(PAIR, 'bob', 'text', { text: 'two' });
    await alice.sendText(PAIR, 'mine');
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 2 && pair.lastSeq === 3);
    await until(alice.totalUnread, (unread) => unread === 2);

    await alice.markRead(PAIR, 1);
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 1 && pair.readSeq === 1);
    await alice.markRead(PAIR, 3);
    await until(alice.totalUnread, (unread) => unread === 0);
  });

  test('counts what arrives in front of the user as read at once, and only that', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    const seen: number[] = [];
    alice.totalUnread.subscribe({ next: (unread) => seen.push(unread) });
    await alice.openPeer('bob');
    const stop = alice.keepRead(PAIR);
    const stopOther = alice.keepRead(PAIR);
    const sent = await bob.sendText(PAIR, 'one');
    await until(alice.conversation(PAIR), (pair) => pair?.readSeq === 1 && pair.unread === 0);
    const window = bob.history(PAIR);
    await until(window.state, ({ messages }) =>
      messages.some(({ id, state }) => id === sent.id && state.status === 'read'),
    );
    assert.ok(seen.every((unread) => unread === 0));

    stop();
    stop();
    await bob.sendText(PAIR, 'two');
    await until(alice.conversation(PAIR), (pair) => pair?.readSeq === 2);
    stopOther();
    await bob.sendText(PAIR, 'three');
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 1 && pair.readSeq === 2);
    // What nobody has looked at is not read by what comes after it.
    alice.keepRead(PAIR);
    await bob.sendText(PAIR, 'four');
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 2 && pair.readSeq === 2);
  });

  test('does not count as read what came while there was no connection', async () => {
    const alice = await connected(world.client(world.device('alice')));
    await world.core.post(PAIR, 'bob', 'text', { text: 'seen' });
    await until(alice.conversation(PAIR), (pair) => pair?.unread === 1);
    await alice.markRead(PAIR, 1);
    alice.keepRead(PAIR);
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    for (const text of ['one', 'two', 'three'])
      await world.core.post(PAIR, 'bob', 'text', { text });
    world.online = true;
    alice.reconnect();
    await connected(alice);
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 4 && pair.unread === 3);
    await until(alice.conversation(PAIR), (pair) => pair?.readSeq === 1);
  });

  test('counts what came while away, from the stored copy on', async () => {
    const device = world.device('alice');
    const before = await connected(world.client(device));
    await world.core.post(PAIR, 'bob', 'text', { text: 'seen' });
    await until(before.conversation(PAIR), (pair) => pair?.unread === 1);
    await before.markRead(PAIR, 1);
    await eventually(() => world.sockets.length > 0, 'a socket');
    await before.destroy();
    for (let index = 0; index < 120; index++) {
      await world.core.post(PAIR, 'bob', 'text', { text: `missed ${index}` });
    }
    const after = await connected(world.client(device));
    await until(after.conversation(PAIR), (pair) => pair?.unread === 100 && pair.lastSeq === 121);
    await after.markRead(PAIR, 111);
    await until(after.conversation(PAIR), (pair) => pair?.unread === 10);
  });

  test('takes over what another device of the same person has read', async () => {
    const phone = await connected(world.client(world.device('alice')));
    const laptop = await connected(world.client(world.device('alice')));
    await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
    await until(laptop.totalUnread, (unread) => unread === 1);
    await until(phone.totalUnread, (unread) => unread === 1);
    await phone.markRead(PAIR, 1);
    await until(laptop.totalUnread, (unread) => unread === 0);
    await until(laptop.conversation(PAIR), (pair) => pair?.readSeq === 1);
  });

  test('tells the server later what was read without a connection', async () => {
    const phone = await connected(world.client(world.device('alice')));
    await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
    await until(phone.totalUnread, (unread) => unread === 1);
    world.cut();
    await until(phone.connection, ({ status }) => status === 'offline');
    await phone.markRead(PAIR, 1);
    world.online = true;
    phone.reconnect();
    await connected(phone);
    const laptop = await connected(world.client(world.device('alice')));
    await until(laptop.conversation(PAIR), (pair) => pair?.readSeq === 1 && pair.unread === 0);
  });

  test('tells a new connection again how far it has got, in hidden conversations as well', async () => {
    const marks: string[] = [];
    const openSocket = (): SocketLike => {
      const socket = world.open();
      const send = socket.send.bind(socket);
      socket.send = (text) => {
        if (text.includes('"type":"mark"')) marks.push(text);
        send(text);
      };
      return socket;
    };
    const phone = await connected(world.client(world.device('alice'), {}, { openSocket }));
    await world.core.post(PAIR, 'bob', 'text', { text: 'one' });
    await until(phone.totalUnread, (unread) => unread === 1);
    await phone.hideConversation(PAIR);
    await until(phone.conversations, (list) => list.every(({ id }) => id !== PAIR));
    world.cut();
    await until(phone.connection, ({ status }) => status === 'offline');
    marks.length = 0;
    world.online = true;
    phone.reconnect();
    await connected(phone);
    await eventually(
      () => marks.some((text) => text.includes(`"${PAIR}","delivered":1`)),
      'the mark',
    );
  });

  test('shows a group message as read when all others have read it', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    const window = alice.history(GROUP);
    await alice.sendText(GROUP, 'Low tide at nine');
    const isLast =
      (status: string) =>
      ({ messages }: { readonly messages: readonly Message[] }) =>
        messages.at(-1)?.state.status === status;
    await until(window.state, isLast('sent'));
    const mara = await connected(world.client(world.device('mara')));
    await until(window.state, isLast('delivered'));
    await bob.markRead(GROUP, 2);
    await mara.markRead(GROUP, 2);
    await until(window.state, isLast('read'));
  });

  test('keeps reading from the others when asked to', async () => {
    const gate = (world.gate = new Gate());
    const bob = await connected(world.client(world.device('bob'), {}, { readReceipts: false }));
    await world.core.post(PAIR, 'alice', 'text', { text: 'one' });
    await until(bob.totalUnread, (unread) => unread === 1);
    await bob.markRead(PAIR, 1);
    await eventually(() => gate.ofType('mark').some(hasRead(1)), 'a read mark');
    const marks = gate.ofType('mark').flatMap(({ marks }) => marks as { receipt: boolean }[]);
    assert.ok(marks.every(({ receipt }) => !receipt));
  });

  test('sends marks of a conversation once a second at most, the first at once', async () => {
    let now = 1_000_000;
    const gate = (world.gate = new Gate());
    const bob = await connected(world.client(world.device('bob'), { now: () => now }));
    for (let seq = 1; seq <= 20; seq++) {
      await world.core.post(PAIR, 'alice', 'text', { text: `${seq}` });
    }
    await until(bob.conversation(PAIR), (pair) => pair?.lastSeq === 20);
    await eventually(() => marksOf(gate).length > 0, 'the leading mark');
    await bob.markRead(PAIR, 20);
    assert.equal(marksOf(gate).length, 1);
    now += 1_000;
    await eventually(() => marksOf(gate).some(({ read }) => read === 20), 'the trailing mark');
    assert.equal(marksOf(gate).length, 2);
  });
});

type Mark = { readonly conversation: string; readonly read: number };

function marksOf(gate: Gate): readonly Mark[] {
  const marks = gate.ofType('mark').flatMap((frame) => frame['marks'] as Mark[]);
  return marks.filter(({ conversation }) => conversation === PAIR);
}

function hasRead(seq: number): (frame: { readonly [field: string]: unknown }) => boolean {
  return ({ marks }) => (marks as Mark[]).some(({ read }) => read === seq);
}

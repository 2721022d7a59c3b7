import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import type { Conversation, ImClient } from '../../src/client/public.js';
import { message, once, Roamer, sent } from '../helpers/change-ways.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { until } from '../helpers/live.js';

const BOB = c2cId('alice', 'bob');
const MARA = c2cId('alice', 'mara');
const LIN = c2cId('alice', 'lin');

describe('what a person keeps for themselves', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara', 'lin');
    for (const [index, id] of [BOB, MARA, LIN].entries()) {
      const sender = ['bob', 'mara', 'lin'][index]!;
      await world.core.post(id, sender, 'text', { text: `Hello from ${sender}` });
    }
  });

  afterEach(() => world.stop());

  async function twoDevices(): Promise<{ laptop: ImClient; phone: ImClient }> {
    const laptop = await connected(world.client(world.device('alice')));
    const phone = await connected(world.client(world.device('alice')));
    return { laptop, phone };
  }

  const isOnTop =
    (...ids: readonly string[]) =>
    (list: readonly Conversation[]): boolean =>
      ids.every((id, place) => list[place]?.id === id);

  const shows = (client: ImClient, id: string, fits: (shown: Conversation) => boolean) =>
    until(client.conversation(id), (shown) => shown !== undefined && fits(shown), 5_000);

  test('pinned conversations stand on top in the same order on all devices', async () => {
    const { laptop, phone } = await twoDevices();
    await laptop.pinConversation(MARA);
    await until(phone.conversations, isOnTop(MARA));
    await phone.pinConversation(BOB);
    for (const client of [laptop, phone]) await until(client.conversations, isOnTop(MARA, BOB));
    await world.core.post(LIN, 'lin', 'text', { text: 'New, and still below' });
    await until(laptop.conversations, isOnTop(MARA, BOB, LIN));
    await laptop.pinConversation(MARA, false);
    for (const client of [laptop, phone]) {
      await until(client.conversations, isOnTop(BOB, LIN, MARA));
    }
    const late = await connected(world.client(world.device('alice')));
    await until(late.conversations, isOnTop(BOB, LIN, MARA));
  });

  test('a new device reads the personal log from its beginning, however long it is', async () => {
    const laptop = await connected(world.client(world.device('alice')));
    await laptop.pinConversation(BOB);
    for (let round = 0; round < 60; round++) {
      await laptop.setAttention(MARA, round % 2 ? 'none' : 'mentions');
    }
    await until(laptop.connection, ({ status }) => status === 'connected');
    const isTold = async () => (await world.store.conversation('self:alice'))?.lastSeq === 61;
    while (!(await isTold())) await new Promise((resolve) => setTimeout(resolve, 10));
    const late = await connected(world.client(world.device('alice')));
    await until(late.conversations, isOnTop(BOB), 5_000);
    await shows(late, MARA, ({ attention }) => attention === 'none');
  });

  test('attention decides whether a conversation is counted', async () => {
    const { laptop, phone } = await twoDevices();
    await until(laptop.totalUnread, (unread) => unread === 3);
    await laptop.setAttention(BOB, 'none');
    await laptop.setAttention(MARA, 'count');
    for (const client of [laptop, phone]) {
      await until(client.totalUnread, (unread) => unread === 2);
      await shows(client, BOB, ({ attention }) => attention === 'none');
      await shows(client, MARA, ({ attention }) => attention === 'count');
    }
    await phone.setAttention(BOB, 'all');
    await until(laptop.totalUnread, (unread) => unread === 3);
  });

  test('a hidden conversation comes back with a new message', async () => {
    const { laptop, phone } = await twoDevices();
    await laptop.hideConversation(BOB);
    for (const client of [laptop, phone]) {
      await until(client.conversations, (list) => list.length === 2);
      await shows(client, BOB, ({ hidden }) => hidden);
    }
    await world.core.post(BOB, 'bob', 'text', { text: 'Still there?' });
    for (const client of [laptop, phone]) await until(client.conversations, isOnTop(BOB));
  });

  test('a mark as unread is seen everywhere, and reading takes it away', async () => {
    const { laptop, phone } = await twoDevices();
    await laptop.markRead(BOB, 1);
    await laptop.markUnread(BOB);
    await shows(phone, BOB, ({ markedUnread }) => markedUnread);
    await phone.markRead(BOB, 1);
    await shows(laptop, BOB, ({ markedUnread }) => !markedUnread);
  });

  test('folders and pinned conversations that come together have places of their own', async () => {
    const { laptop, phone } = await twoDevices();
    const names = ['Work', 'Home', 'Travel', 'Books'];
    await Promise.all([
      ...names.map((name) => laptop.saveFolder({ name })),
      ...[MARA, BOB, LIN].map((id) => laptop.pinConversation(id)),
    ]);
    for (const client of [laptop, phone]) {
      const folders = await until(client.folders, ({ length }) => length === names.length);
      assert.deepEqual(
        folders.map(({ name, position }) => [name, position]),
        names.map((name, index) => [name, index + 1]),
      );
      const all = await until(client.conversations, (list) => list.every(({ pinned }) => pinned));
      assert.deepEqual(
        all.map(({ id, pinned }) => [id, pinned]),
        [MARA, BOB, LIN].map((id, index) => [id, index + 1]),
      );
    }
  });

  test('folders are made, filled, renamed and removed on all devices', async () => {
    const { laptop, phone } = await twoDevices();
    const work = await laptop.saveFolder({ name: 'Work' });
    const home = await laptop.saveFolder({ name: 'Home' });
    await laptop.file(work, BOB);
    await laptop.file(home, BOB);
    await laptop.file(work, MARA);
    const names = (client: ImClient, ...expected: readonly string[]) =>
      until(client.folders, (list) => list.map(({ name }) => name).join() === expected.join());
    await names(phone, 'Work', 'Home');
    await shows(phone, BOB, ({ folders }) => folders.length === 2);
    await phone.saveFolder({ id: home, name: 'Family', position: 0 });
    await names(laptop, 'Family', 'Work');
    await phone.removeFolder(work);
    await names(laptop, 'Family');
    await shows(laptop, BOB, ({ folders }) => folders.join() === home);
    await shows(laptop, MARA, ({ folders }) => folders.length === 0);
    await assert.rejects(laptop.saveFolder({ name: ' ' }), { code: 'request/invalid' });
  });

  test('starred messages are found again, and a recalled one leaves a mark', async () => {
    const { laptop, phone } = await twoDevices();
    const first = await sent(laptop, BOB, 'The key is under the mat');
    const second = await sent(laptop, MARA, 'Boat leaves at six');
    await laptop.star(BOB, first);
    await laptop.star(MARA, second);
    const window = phone.history(MARA);
    await message(window, second, ({ starred }) => starred);
    const found = await phone.starredMessages();
    assert.deepEqual(
      found.map(({ id }) => id),
      [second, first],
    );
    assert.equal((await phone.starredMessages({ skip: 1, limit: 5 }))[0]?.id, first);
    await laptop.recall(MARA, second);
    await message(window, second, ({ content, starred }) => content.type === 'gone' && starred);
    await laptop.star(MARA, second, false);
    await message(window, second, ({ starred }) => !starred);
    assert.equal((await phone.starredMessages()).length, 1);
  });

  test('a draft is on the other devices a moment after the typing has paused', async () => {
    const { laptop, phone } = await twoDevices();
    for (const draft of ['Shall', 'Shall we', 'Shall we meet?']) await laptop.setDraft(BOB, draft);
    await shows(phone, BOB, ({ draft }) => draft === 'Shall we meet?');
    const before = await shows(laptop, BOB, () => true);
    await phone.sendText(BOB, 'Shall we meet?');
    for (const client of [laptop, phone]) await shows(client, BOB, ({ draft }) => draft === '');
    assert.equal(before?.draft, 'Shall we meet?');
  });

  test('a draft that is being written is not overwritten from elsewhere', async () => {
    const away = new Roamer(world, world.device('alice'));
    const laptop = await connected(away.client);
    const phone = await connected(world.client(world.device('alice')));
    await away.leave();
    await laptop.setDraft(BOB, 'From the laptop');
    await phone.setDraft(BOB, 'From the phone');
    await shows(phone, BOB, ({ draft }) => draft === 'From the phone');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await away.comeBack();
    await shows(phone, BOB, ({ draft }) => draft === 'From the laptop');
    await shows(laptop, BOB, ({ draft }) => draft === 'From the laptop');
  });

  test('drafts stay on the device when they are not to be shared', async () => {
    const laptop = await connected(world.client(world.device('alice'), {}, { syncDrafts: false }));
    const phone = await connected(world.client(world.device('alice')));
    await laptop.setDraft(BOB, 'For me alone');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await laptop.markUnread(BOB);
    const shown = await shows(phone, BOB, ({ markedUnread }) => markedUnread);
    assert.equal(shown?.draft, '');
  });

  test('what is set offline survives a reload and arrives with the next connection', async () => {
    const device = world.device('alice');
    const phone = await connected(world.client(world.device('alice')));
    const away = new Roamer(world, device);
    const laptop = await connected(away.client);
    await away.leave();
    await laptop.pinConversation(MARA);
    await laptop.setAttention(BOB, 'mentions');
    await until(laptop.conversations, isOnTop(MARA));
    await laptop.destroy();
    const again = world.client(device);
    await until(again.conversations, isOnTop(MARA));
    await until(phone.conversations, isOnTop(MARA));
    await shows(phone, BOB, ({ attention }) => attention === 'mentions');
  });

  test('what the server refuses is taken back', async () => {
    world.cut();
    const alice = world.client(world.device('alice'));
    const nobody = await alice.openPeer('nobody');
    await alice.pinConversation(nobody);
    await until(alice.conversations, isOnTop(nobody));
    const failed = once(alice, 'action-failed');
    world.online = true;
    alice.reconnect();
    const { conversationId, messageId } = await failed;
    assert.deepEqual([conversationId, messageId], [nobody, undefined]);
    await shows(alice, nobody, ({ pinned }) => pinned === undefined);
  });

  test('pinned messages are shown in order, also those that are not on the device', async () => {
    const { laptop } = await twoDevices();
    const first = await sent(laptop, BOB, 'House rules: shoes off');
    const second = await sent(laptop, BOB, 'Wi-Fi: swordfish');
    await laptop.pinMessage(BOB, first);
    await laptop.pinMessage(BOB, second);
    await laptop.react(BOB, first, '👍');
    for (let index = 0; index < 60; index++) {
      await world.core.post(BOB, 'bob', 'text', { text: `Message ${index}` });
    }
    const late = await connected(world.client(world.device('alice')));
    const pinned = await until(late.pinnedMessages(BOB), (list) => list.length === 2);
    assert.deepEqual(
      pinned.map(({ id, pinned: is }) => [id, is]),
      [
        [first, true],
        [second, true],
      ],
    );
    assert.equal(pinned[0]?.reactions[0]?.count, 1);
    await late.pinMessage(BOB, first, false);
    await until(late.pinnedMessages(BOB), ([one, ...rest]) => one?.id === second && !rest.length);
    await until(laptop.pinnedMessages(BOB), ([one, ...rest]) => one?.id === second && !rest.length);
    await laptop.recall(BOB, second);
    await until(late.pinnedMessages(BOB), (list) => list.length === 0);
  });

  test('who has read a message is told by the page', async () => {
    const { laptop } = await twoDevices();
    const bob = await connected(world.client(world.device('bob')));
    const id = await sent(laptop, BOB, 'Did you get this?');
    const unread = await laptop.readers(BOB, id, { read: false });
    assert.deepEqual(
      [unread.people.map(({ name }) => name), unread.readCount, unread.unreadCount],
      [['Bob'], 0, 1],
    );
    await showing(bob.history(BOB), ['Hello from bob', 'Did you get this?']);
    await bob.markRead(BOB, 2);
    await message(laptop.history(BOB), id, ({ state }) => state.status === 'read');
    const read = await laptop.readers(BOB, id, { read: true });
    assert.deepEqual([read.people.map(({ name }) => name), read.more], [['Bob'], false]);
  });

  test('what the server allows is known, also later without a connection', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const policy = await until(alice.policy, () => true);
    assert.equal(policy.recallMs, 120_000);
    await alice.destroy();
    world.cut();
    const again = world.client(device);
    assert.deepEqual(await until(again.policy, () => true), policy);
  });

  test('the personal log is no conversation', async () => {
    const { laptop } = await twoDevices();
    await laptop.pinConversation(BOB);
    const list = await until(laptop.conversations, isOnTop(BOB));
    assert.equal(list.length, 3);
    assert.ok(list.every(({ id }) => !id.startsWith('self:')));
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { message, once, reactionsOf, Roamer, sent } from '../helpers/change-ways.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('changes of messages', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
  });

  afterEach(() => world.stop());

  async function pair() {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    return { alice, bob, own: alice.history(PAIR), other: bob.history(PAIR) };
  }

  test('an edited text shows on both sides, in the window and in the list', async () => {
    const { alice, bob, own, other } = await pair();
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(other, id);
    await alice.edit(PAIR, id, 'The gate opens at ten');
    for (const window of [own, other]) {
      const edited = await message(window, id, ({ edited: is }) => is);
      assert.deepEqual(edited.content, { type: 'text', text: 'The gate opens at ten' });
    }
    const inList = await until(bob.conversation(PAIR), (shown) => shown?.last?.edited === true);
    assert.deepEqual(inList?.last?.content, { type: 'text', text: 'The gate opens at ten' });
    assert.equal(inList.unread, 1);
    assert.deepEqual(
      (await bob.versions(PAIR, id)).map(({ text }) => text),
      ['The gate opens at nine', 'The gate opens at ten'],
    );
  });

  test('a recalled message keeps its place and loses its words everywhere', async () => {
    const { alice, bob, own, other } = await pair();
    const id = await sent(alice, PAIR, 'The code is 4711');
    await alice.edit(PAIR, id, 'The code is 4712');
    await message(other, id, ({ edited }) => edited);
    await alice.recall(PAIR, id);
    for (const [window, byOwn] of [
      [own, true],
      [other, false],
    ] as const) {
      const gone = await message(window, id, ({ content }) => content.type === 'gone');
      assert.ok(gone.content.type === 'gone');
      assert.deepEqual([gone.content.how, gone.content.byOwn], ['recall', byOwn]);
    }
    const shown = await until(bob.conversation(PAIR), (now) => now?.last?.content.type === 'gone');
    assert.equal(shown?.last?.id, id);
    assert.deepEqual(await bob.versions(PAIR, id), []);
  });

  test('reactions of several people come together, and go again', async () => {
    const { alice, bob, own, other } = await pair();
    const id = await sent(alice, PAIR, 'We made it');
    await message(other, id);
    await alice.react(PAIR, id, '🎉');
    await message(other, id, (now) => reactionsOf(now) === '🎉1');
    await bob.react(PAIR, id, '🎉');
    await bob.react(PAIR, id, '👍');
    await message(own, id, (now) => reactionsOf(now) === '🎉2* 👍1');
    await bob.react(PAIR, id, '🎉', false);
    await message(own, id, (now) => reactionsOf(now) === '🎉1* 👍1');
    await message(other, id, (now) => reactionsOf(now) === '🎉1 👍1*');
  });

  test('changes are no messages: not announced, not counted, not the last of the list', async () => {
    const { alice, bob, other } = await pair();
    const heard: number[] = [];
    bob.on('message', ({ messages }) => heard.push(messages.length));
    const id = await sent(alice, PAIR, 'Lunch at noon?');
    await message(other, id);
    const before = await until(bob.conversation(PAIR), (now) => now?.unread === 1);
    await alice.react(PAIR, id, '🍜');
    await alice.edit(PAIR, id, 'Lunch at one?');
    const shown = await until(bob.conversation(PAIR), (now) => now?.lastSeq === 3);
    assert.deepEqual([shown?.unread, shown?.last?.id, shown?.activeAt], [1, id, before?.activeAt]);
    assert.deepEqual(heard, [1]);
    await showing(other, ['Lunch at one?']);
  });

  test('what is read stays read when it is changed', async () => {
    const { alice, bob, other } = await pair();
    const id = await sent(alice, PAIR, 'Lunch at noon?');
    await message(other, id);
    await bob.markRead(PAIR, 1);
    await alice.react(PAIR, id, '🍜');
    await until(bob.conversation(PAIR), (now) => now?.lastSeq === 2);
    const stop = bob.keepRead(PAIR);
    await sent(alice, PAIR, 'Or tea?');
    const shown = await until(bob.conversation(PAIR), (now) => now?.lastSeq === 3);
    assert.deepEqual([shown?.unread, shown?.readSeq], [0, 3]);
    stop();
  });

  test('a change made offline shows at once and arrives later, also after a reload', async () => {
    const device = world.device('alice');
    const alice = await connected(world.client(device));
    const bob = await connected(world.client(world.device('bob')));
    const other = bob.history(PAIR);
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(other, id);
    world.cut();
    await eventually(() => world.sockets.length === 0, 'the line is cut');
    await alice.edit(PAIR, id, 'The gate opens at ten');
    await alice.react(PAIR, id, '🚪');
    await alice.pinMessage(PAIR, id);
    const window = alice.history(PAIR);
    await message(window, id, (now) => now.edited && now.pinned && reactionsOf(now) === '🚪1*');
    await alice.destroy();

    const again = world.client(device);
    const restored = again.history(PAIR);
    await message(restored, id, (now) => now.edited && now.pinned);
    const inList = await until(again.conversation(PAIR), (now) => now !== undefined);
    assert.equal(inList?.last?.edited, true);
    world.online = true;
    again.reconnect();
    await message(other, id, (now) => now.edited && now.pinned && reactionsOf(now) === '🚪1');
    await until(again.conversation(PAIR), (now) => now?.lastSeq === 4);
    await message(restored, id, (now) => now.edited && now.pinned && reactionsOf(now) === '🚪1*');
  });

  test('a change that the server refuses is taken back, and told', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const away = new Roamer(world, world.device('bob'));
    const bob = await connected(away.client);
    const other = bob.history(PAIR);
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(other, id);
    await away.leave();
    await bob.react(PAIR, id, '🚪');
    await message(other, id, (now) => reactionsOf(now) === '🚪1*');
    await alice.recall(PAIR, id);
    await until(alice.conversation(PAIR), (now) => now?.lastSeq === 2);
    const failed = once(bob, 'action-failed');
    await away.comeBack();
    const { error, ...where } = await failed;
    assert.equal(error.code, 'message/gone');
    assert.deepEqual(where, { conversationId: PAIR, messageId: id });
    const gone = await message(other, id, ({ content }) => content.type === 'gone');
    assert.equal(reactionsOf(gone), '');
  });

  test('a refused edit leaves the text as the others see it', async () => {
    const away = new Roamer(world, world.device('alice'));
    const alice = await connected(away.client);
    const second = await connected(world.client(world.device('alice')));
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(second.history(PAIR), id);
    await away.leave();
    await alice.edit(PAIR, id, 'The gate opens at ten');
    const own = alice.history(PAIR);
    await showing(own, ['The gate opens at ten']);
    await second.edit(PAIR, id, 'The gate opens at eight');
    await until(second.conversation(PAIR), (now) => now?.lastSeq === 2);
    const failed = once(alice, 'action-failed');
    await away.comeBack();
    assert.equal((await failed).error.code, 'message/stale-version');
    await showing(own, ['The gate opens at eight']);
    const inList = await until(alice.conversation(PAIR), (now) => now?.last?.edited === true);
    assert.deepEqual(inList?.last?.content, { type: 'text', text: 'The gate opens at eight' });
  });

  test('a queued message is written anew as long as it has never left', async () => {
    world.cut();
    const alice = world.client(world.device('alice'));
    const own = alice.history(PAIR);
    const { id } = await alice.sendText(PAIR, 'The gate opens at nine');
    await message(own, id);
    await alice.edit(PAIR, id, 'The gate opens at ten');
    await showing(own, ['The gate opens at ten']);
    world.online = true;
    alice.reconnect();
    const stored = await message(own, id, ({ seq }) => seq !== undefined);
    assert.deepEqual(
      [stored.content, stored.edited],
      [{ type: 'text', text: 'The gate opens at ten' }, false],
    );
    const bob = await connected(world.client(world.device('bob')));
    await showing(bob.history(PAIR), ['The gate opens at ten']);
  });

  test('what cannot be is refused at once', async () => {
    const { alice, bob, other } = await pair();
    const id = await sent(alice, PAIR, 'The gate opens at nine');
    await message(other, id);
    const code = (expected: string) => ({ code: expected });
    await assert.rejects(bob.edit(PAIR, id, 'Never'), code('message/not-own'));
    await assert.rejects(bob.recall(PAIR, id), code('message/not-own'));
    await assert.rejects(alice.edit(PAIR, id, ' '), code('message/empty'));
    await assert.rejects(alice.edit(PAIR, id, 'x'.repeat(10_001)), code('message/too-large'));
    await assert.rejects(alice.edit(PAIR, 'alice/none', 'Hm'), code('message/not-found'));
    await assert.rejects(alice.react(PAIR, id, 'a b'), code('request/invalid'));
    await alice.recall(PAIR, id);
    await assert.rejects(alice.react(PAIR, id, '👍'), code('message/gone'));
    await assert.rejects(alice.edit(PAIR, id, 'Hm'), code('message/gone'));
  });

  test('a message can be removed for everybody, with a mark or without one', async () => {
    const { alice, own, other } = await pair();
    const id = await sent(alice, PAIR, 'Wrong window');
    await message(other, id);
    await alice.remove(PAIR, id, { for: 'all' });
    for (const window of [own, other]) {
      const gone = await message(window, id, ({ content }) => content.type === 'gone');
      assert.equal(gone.content.type === 'gone' && gone.content.how, 'delete');
    }
  });

  test('a message that is removed for me is removed on all my devices and nowhere else', async () => {
    const { alice, own, other } = await pair();
    const phone = await connected(world.client(world.device('alice')));
    const first = await sent(alice, PAIR, 'One');
    await sent(alice, PAIR, 'Two');
    const pocket = phone.history(PAIR);
    await showing(pocket, ['One', 'Two']);
    await alice.remove(PAIR, first, { for: 'me' });
    await showing(own, ['Two']);
    await showing(pocket, ['Two']);
    await showing(other, ['One', 'Two']);
    const late = await connected(world.client(world.device('alice')));
    await showing(late.history(PAIR), ['Two']);
  });

  test('a device that reads the newest page first folds the older ones into the same', async () => {
    const { alice, bob, own } = await pair();
    const ids: string[] = [];
    for (let index = 0; index < 30; index++) ids.push(await sent(alice, PAIR, `Message ${index}`));
    await message(bob.history(PAIR), ids[29]!);
    await alice.edit(PAIR, ids[3]!, 'Edited 3');
    await bob.react(PAIR, ids[4]!, '👍');
    await bob.react(PAIR, ids[4]!, '👍', false);
    await bob.react(PAIR, ids[5]!, '🎉');
    await alice.recall(PAIR, ids[6]!);
    for (let round = 0; round < 30; round++) {
      await bob.react(PAIR, ids[29]!, '👍', round % 2 === 0);
    }
    await until(alice.conversation(PAIR), (now) => now?.lastSeq === 65);
    const late = await connected(world.client(world.device('bob')));
    const window = late.history(PAIR, { pageSize: 8 });
    // All of the newest page are reactions.
    await message(window, ids[29]!);
    for (let page = 0; page < 12; page++) await window.loadOlder();
    const state = await until(window.state, ({ hasOlder }) => !hasOlder);
    const expected = await until(own.state, ({ messages }) => messages.length === 30);
    const short = ({ messages }: typeof state): string[] =>
      messages.map((one) => `${JSON.stringify(one.content)} ${one.edited} ${one.reactions.length}`);
    const told = (lines: string[]): string[] =>
      lines.map((line) => line.replace('"byOwn":true', '"byOwn":false'));
    assert.deepEqual(told(short(state)), told(short(expected)));
    assert.equal(state.messages.length, 30);
  });
});

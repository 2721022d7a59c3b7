import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { LIMITS } from '../../../../src/protocol/limits.js';
import { settle, TestCore } from '../../../../test/helpers/core-device.js';
import { PAIR, Sender } from '../../../../test/helpers/core-sender.js';

describe('changing messages', () => {
  let world: TestCore;
  let alice: Sender;
  let bob: Sender;

  beforeEach(async () => {
    world = await TestCore.open();
    alice = new Sender(await world.connect('alice'));
    bob = new Sender(await world.connect('bob'));
  });

  async function standing(seq: number, of: Sender = bob) {
    const frame = { type: 'messages', conversation: PAIR, seqs: [seq] };
    const [found] = (await of.device.ask('messages', frame)).messages;
    return found;
  }

  test('an edit is an event of the log, and the message says the new words', async () => {
    const target = await alice.seq('text', { text: '八点开会' });
    const seq = await alice.seq('edit', { target, version: 2, text: '九点开会' });
    assert.equal(seq, target + 1);
    const told = bob.device.pushed('events').at(-1)?.events.at(-1);
    assert.deepEqual(told?.body, { target, version: 2, text: '九点开会' });
    assert.equal((await standing(target))?.changes?.versions.at(-1)?.text, '九点开会');
  });

  test('the next version is the only one that an edit can make', async () => {
    const target = await alice.seq('text', { text: 'Meeting at eight' });
    assert.equal(
      await alice.refusal('edit', { target, version: 3, text: 'At nine' }),
      'message/stale-version',
    );
    await alice.seq('edit', { target, version: 2, text: 'Meeting at nine' });
    assert.equal(
      await alice.refusal('edit', { target, version: 2, text: 'At ten' }),
      'message/stale-version',
    );
    await alice.seq('edit', { target, version: 3, text: 'Meeting at ten' });
  });

  test('two edits of one commit cannot both make the same version', async () => {
    const target = await alice.seq('text', { text: 'Lunch?' });
    world.store.held = [];
    const body = { target, version: 2, text: 'Dinner?' };
    alice.device.send(1, '', { kind: 'edit', body, clientId: 'e1' });
    alice.device.send(2, '', { kind: 'edit', body, clientId: 'e2' });
    await settle();
    const held = world.store.held;
    world.store.held = undefined;
    for (const release of held) release();
    await settle();
    assert.equal((await standing(target))?.changes?.versions.length, 1);
    assert.equal(alice.device.pushed('error').at(-1)?.code, 'message/stale-version');
  });

  test('a message can be taken back for two minutes, and not a second longer', async () => {
    const again = async (): Promise<void> => {
      const { n } = alice;
      alice = new Sender(await world.connect('alice'));
      alice.n = n;
    };
    const first = await alice.seq('text', { text: 'Too early' });
    world.pass(120_000);
    await again();
    await alice.seq('recall', { target: first });
    const second = await alice.seq('text', { text: 'Too late' });
    world.pass(121_000);
    await again();
    assert.equal(await alice.refusal('recall', { target: second }), 'message/recall-expired');
  });

  test('nothing on the disk says what a message said that was taken back', async () => {
    const target = await alice.seq('text', { text: 'The code is 4711' });
    const edit = await alice.seq('edit', { target, version: 2, text: 'The code is 0815' });
    await alice.seq('recall', { target });
    const log = await world.store.range(PAIR, 0, 99, 99);
    assert.deepEqual(
      log.filter(({ seq }) => seq === target || seq === edit).map(({ body }) => body),
      [null, null],
    );
    assert.ok(!JSON.stringify(log).includes('code'));
    assert.equal((await standing(target))?.changes?.gone?.how, 'recall');
  });

  test('what is gone cannot be changed any more', async () => {
    const target = await alice.seq('text', { text: 'Never mind' });
    await alice.seq('delete', { target });
    const changes: [string, object][] = [
      ['edit', { target, version: 2, text: 'But' }],
      ['recall', { target }],
      ['delete', { target }],
      ['react', { target, emoji: '👍', on: true }],
      ['pin', { target, on: true }],
    ];
    for (const [kind, body] of changes) {
      assert.equal(await alice.refusal(kind, body), 'message/gone', kind);
    }
  });

  test('a message that was taken back is still the answer to its repetition', async () => {
    const target = await alice.seq('text', { text: 'Sent twice' });
    await alice.seq('recall', { target });
    const desk = new Sender(await world.connect('alice', 'desk'));
    const again = await desk.send('text', { text: 'Sent twice' }, { clientId: 'text-0' });
    assert.equal(again.type === 'ack' && again.seq, target);
    assert.equal(await desk.seq('text', { text: 'And on' }), target + 2);
  });

  test('a repetition of a recall is answered although the message is gone, and counts', async () => {
    const target = await alice.seq('text', { text: 'Take this back' });
    const recall = await alice.seq('recall', { target });
    const desk = new Sender(await world.connect('alice', 'desk'));
    const again = await desk.send('recall', { target }, { clientId: 'recall-1' });
    assert.equal(again.type === 'ack' && again.seq, recall);
    assert.equal(await desk.seq('text', { text: 'And on' }), recall + 1);
  });

  test('only who wrote a message can edit, recall or delete it', async () => {
    const target = await alice.seq('text', { text: 'Mine' });
    for (const kind of ['edit', 'recall', 'delete']) {
      const body = { target, version: 2, text: 'Yours' };
      assert.equal(await bob.refusal(kind, body), 'message/not-own', kind);
    }
  });

  test('what is no message, not there, or not for this person cannot be changed', async () => {
    const target = await alice.seq('text', { text: 'Hello' });
    const reaction = await bob.seq('react', { target, emoji: '👋', on: true });
    for (const wrong of [99, reaction]) {
      const body = { target: wrong, emoji: '👍', on: true };
      assert.equal(await bob.refusal('react', body), 'message/not-found');
    }
    const lin = new Sender(await world.connect('lin'));
    const body = { target, emoji: '👍', on: true };
    assert.equal(await lin.refusal('react', body), 'conversation/not-found');
  });

  test('a message takes so many kinds of reactions, and any number of each', async () => {
    const target = await alice.seq('text', { text: 'Launch day' });
    const emoji = (index: number): string => String.fromCodePoint(0x1f600 + index);
    for (let index = 0; index < LIMITS.emojiPerMessage; index++) {
      await bob.seq('react', { target, emoji: emoji(index), on: true });
    }
    const more = { target, emoji: '🥁', on: true };
    assert.equal(await bob.refusal('react', more), 'message/too-many-reactions');
    await alice.seq('react', { target, emoji: emoji(0), on: true });
    await bob.seq('react', { target, emoji: emoji(1), on: false });
    await bob.seq('react', more);
  });

  test('pins are told with the head, in the order in which they were set', async () => {
    const one = await alice.seq('text', { text: 'Address: 5 Mill Lane' });
    const two = await alice.seq('text', { text: '周五下午三点' });
    await bob.seq('pin', { target: two, on: true });
    await bob.seq('pin', { target: one, on: true });
    await bob.seq('react', { target: two, emoji: '👍', on: true });
    const pins = async () =>
      (await bob.device.ask('head', { type: 'open', conversation: PAIR })).head.pins?.map(
        ({ target, by }) => [target, by],
      );
    assert.deepEqual(await pins(), [
      [two, 'bob'],
      [one, 'bob'],
    ]);
    await alice.seq('pin', { target: two, on: false });
    assert.deepEqual(await pins(), [[one, 'bob']]);
    world.restart();
    bob = new Sender(await world.connect('bob'));
    assert.deepEqual(await pins(), [[one, 'bob']]);
  });

  test('changes are neither unread nor the newest message', async () => {
    const target = await alice.seq('text', { text: 'Photos are up' });
    await alice.seq('react', { target, emoji: '🎉', on: true });
    await alice.seq('edit', { target, version: 2, text: 'All photos are up' });
    const { head } = await bob.device.ask('head', { type: 'open', conversation: PAIR });
    assert.equal(head.unread, 1);
    assert.equal(head.lastSeq, target + 2);
    assert.equal(head.last?.seq, target);
    assert.equal(head.lastChanges?.versions.at(-1)?.text, 'All photos are up');
    const page = await bob.device.ask('heads', { type: 'sync', cursor: '' });
    assert.deepEqual(page.heads, [head]);
  });

  test('a disk that refuses leaves a message as it was', async () => {
    const target = await alice.seq('text', { text: 'Keep me' });
    world.store.refusing = true;
    assert.equal(await alice.refusal('recall', { target }), 'server/store-unavailable');
    world.store.refusing = false;
    assert.equal((await standing(target))?.changes, undefined);
    await alice.seq('edit', { target, version: 2, text: 'Kept' });
  });

  test('the back end may take back what anybody wrote, whenever it was', async () => {
    const target = await alice.seq('text', { text: 'Buy now!!!' });
    world.pass(3_600_000);
    await world.core.post(PAIR, 'alice', 'recall', { target });
    bob = new Sender(await world.connect('bob'));
    assert.equal((await standing(target))?.changes?.gone?.by, 'alice');
  });
});

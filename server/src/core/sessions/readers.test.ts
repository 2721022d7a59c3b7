import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { settle, TestCore } from '../../../../test/helpers/core-device.js';
import { Sender } from '../../../../test/helpers/core-sender.js';

describe('readers', () => {
  test('are told with those who have not read, by name and by number', async () => {
    const world = await TestCore.open();
    const alice = new Sender(await world.connect('alice'));
    const { id } = await world.core.createGroup({
      name: 'Tea round',
      members: ['alice', 'bob', 'lin'],
    });
    const seq = await alice.seq('text', { text: 'Kettle is on' }, { conversation: id });
    const bob = await world.connect('bob');
    const mark = { conversation: id, delivered: seq, read: seq, receipt: true };
    bob.say({ type: 'mark', marks: [mark] });
    await settle();
    const question = { type: 'readers', conversation: id, seq };
    const have = await alice.device.ask('readers', { ...question, read: true });
    const haveNot = await alice.device.ask('readers', { ...question, read: false });
    assert.deepEqual(
      [have, haveNot].map(({ users }) => users.map((user) => user.id)),
      [['bob'], ['lin']],
    );
    assert.deepEqual([have.readCount, have.unreadCount, have.more], [1, 1, false]);
    const rest = await alice.device.ask('readers', { ...question, read: true, after: 'bob' });
    assert.deepEqual(rest.users, []);
    const absent = await alice.device.ask('error', { ...question, seq: 99, read: true });
    assert.equal(absent.code, 'message/not-found');
  });
});

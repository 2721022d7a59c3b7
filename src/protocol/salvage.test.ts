import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readServerFrame } from './salvage.js';

const EVENT = { seq: 7, at: 5, sender: 'bob', clientId: 'k7', kind: 'text', body: { text: 'hi' } };
const EVENTS = { type: 'events', conversation: 'c2c:alice:bob', from: 7, to: 8 };
const HEAD = {
  conversation: 'c2c:alice:bob',
  memberCount: 2,
  lastSeq: 7,
  activeAt: 5,
  last: EVENT,
  read: 0,
  unread: 1,
  marks: [{ user: 'bob', delivered: 7, read: 7 }],
  people: [{ id: 'bob', name: 'Bob' }],
};

function read(frame: object): unknown {
  const reading = readServerFrame(JSON.stringify(frame));
  if (reading.status === 'whole') return reading.frame;
  return reading.status === 'partial' ? [reading.frame, reading.lost] : reading.id;
}

describe('reading a frame in which something does not fit', () => {
  test('changes nothing about one in which all does', () => {
    const frame = { type: 'heads', id: 3, heads: [HEAD], cursor: 'c', more: false };
    assert.deepEqual(read(frame), frame);
  });

  test('leaves out the conversation that cannot be understood, and keeps the others', () => {
    const other = { ...HEAD, conversation: 'channel:news' };
    const frame = { type: 'heads', id: 3, heads: [other, HEAD], cursor: 'c', more: false };
    assert.deepEqual(read(frame), [{ ...frame, heads: [HEAD] }, ['heads[0]']]);
  });

  test('leaves out what is optional, and people one by one', () => {
    const people = [
      { id: 'bob', name: 'Bob', avatarUrl: 7 },
      { id: 'no id', name: 'No' },
    ];
    const head = { ...HEAD, name: 'x'.repeat(101), last: { ...EVENT, sender: '@robot' }, people };
    const expected: Partial<typeof HEAD> = { ...HEAD };
    delete expected.last;
    assert.deepEqual(read({ type: 'head', head }), [
      { type: 'head', head: { ...expected, people: [{ id: 'bob', name: 'Bob' }] } },
      ['head.name', 'head.last', 'head.people[0].avatarUrl', 'head.people[1]'],
    ]);
  });

  test('keeps the place of an event that cannot be read', () => {
    const wrong = { ...EVENT, seq: 8, at: 6, sender: '@robot' };
    const place = { seq: 8, at: 6, sender: '@system', clientId: 'unreadable-8' };
    assert.deepEqual(read({ ...EVENTS, events: [EVENT, wrong] }), [
      { ...EVENTS, events: [EVENT, { ...place, kind: 'unreadable', body: null }] },
      ['events[1].sender'],
    ]);
    assert.deepEqual(read({ ...EVENTS, events: [EVENT, null] }), [
      { ...EVENTS, events: [EVENT, { ...place, at: 0, kind: 'unreadable', body: null }] },
      ['events[1]'],
    ]);
  });

  test('never closes a hole', () => {
    assert.equal(read({ ...EVENTS, id: 9, events: [EVENT] }), 9);
    assert.equal(read({ ...EVENTS, id: 9, events: [{ ...EVENT, seq: 8 }, EVENT] }), 9);
  });

  test('tells which request a frame that cannot be read was to answer', () => {
    assert.equal(read({ type: 'poll', id: 4 }), 4);
    assert.equal(read({ type: 'poll' }), undefined);
    assert.equal(read({ type: 'ack', id: 4, conversation: 'c2c:alice:bob' }), 4);
    assert.throws(() => readServerFrame('[]'), { code: 'protocol/bad-frame' });
    assert.throws(() => readServerFrame('{'), { code: 'protocol/bad-frame' });
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { message, MORNING, ownMessage } from '../../../../test/helpers/chat-samples.js';
import { buildRows, type Row } from './rows.js';

function shape(rows: readonly Row[]): string[] {
  return rows.map((row) =>
    row.kind === 'message'
      ? `${row.message.id}${row.first ? ' first' : ''}${row.last ? ' last' : ''}`
      : row.kind,
  );
}

const DAY = 86_400_000;

describe('buildRows()', () => {
  test('groups messages of one sender that lie less than five minutes apart', () => {
    const messages = [
      message(1, 'a'),
      message(2, 'b'),
      ownMessage(3, 'c'),
      message(4, 'd'),
      message(5, 'e', { at: MORNING + 400_000 }),
    ];
    assert.deepEqual(shape(buildRows({ messages, hasOlder: false }, undefined)), [
      'day',
      'm1 first',
      'm2 last',
      'm3 first last',
      'm4 first last',
      'm5 first last',
    ]);
  });

  test('puts a day between messages of different days', () => {
    const messages = [message(1, 'a', { at: MORNING - DAY }), message(2, 'b')];
    assert.deepEqual(shape(buildRows({ messages, hasOlder: false }, undefined)), [
      'day',
      'm1 first last',
      'day',
      'm2 first last',
    ]);
  });

  test('puts the line before the first new message and counts those of others', () => {
    const messages = [message(1, 'a'), message(2, 'b'), ownMessage(3, 'c'), message(4, 'd')];
    const rows = buildRows({ messages, hasOlder: false }, 'm2');
    assert.deepEqual(shape(rows), [
      'day',
      'm1 first last',
      'unread',
      'm2 first last',
      'm3 first last',
      'm4 first last',
    ]);
    assert.deepEqual(rows[2], { kind: 'unread', key: 'unread', count: 2 });
  });

  test('gives a row that is shown the same form whatever arrives above it', () => {
    const older = [message(1, 'a', { at: MORNING - DAY }), message(2, 'b'), message(3, 'c')];
    const newer = [message(4, 'd'), message(5, 'e'), ownMessage(6, 'f')];
    const before = buildRows({ messages: newer, hasOlder: true }, undefined);
    const after = buildRows({ messages: [...older, ...newer], hasOlder: false }, undefined);
    assert.deepEqual(shape(before), ['m5 last', 'm6 first last']);
    assert.deepEqual(after.slice(-before.length), before);
  });

  test('gives every row a key of its own', () => {
    const messages = Array.from({ length: 50 }, (_, index) =>
      message(index, 'x', { at: MORNING + index * 7 * 3_600_000 }),
    );
    const keys = buildRows({ messages, hasOlder: false }, 'm20').map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length);
  });
});

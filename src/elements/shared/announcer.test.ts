import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { Announcer } from './announcer.js';

describe('Announcer', () => {
  let said: string[];
  let announcer: Announcer<string>;

  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
    said = [];
    announcer = new Announcer(
      (items) => (items.length === 1 ? String(items[0]) : `${items.length} new`),
      (text) => said.push(text),
    );
  });

  test('says one message at once', () => {
    announcer.announce(['Mara: hello']);
    assert.deepEqual(said, ['Mara: hello']);
  });

  test('says thirty messages within a second in two sentences', () => {
    for (let count = 0; count < 30; count++) announcer.announce([`message ${count}`]);
    mock.timers.tick(1_000);
    assert.deepEqual(said, ['message 0', '29 new']);
  });

  test('says nothing more once stopped', () => {
    announcer.announce(['one']);
    announcer.announce(['two']);
    announcer.stop();
    mock.timers.tick(5_000);
    assert.deepEqual(said, ['one']);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MessageRow } from '../database/database.js';
import { toMessage, type People } from './present.js';

const people: People = {
  self: 'ken',
  person: (id) => ({ id, name: id, avatarUrl: undefined }),
  deletedMark: true,
};

function created(by: string): MessageRow {
  return {
    conversation: 'group:hikers',
    order: 1,
    at: 0,
    sender: '@system',
    clientId: 'created',
    kind: 'system',
    body: { action: 'created', by, name: 'Hikers' },
  };
}

describe('toMessage()', () => {
  test('knows this user as the one who did what the system tells', () => {
    const marks = { delivered: 0, read: 0 };
    const contents = ['ken', 'mara'].map((by) => toMessage(created(by), people, marks).content);
    assert.deepEqual(
      contents.map((content) => content.type === 'system' && content.byOwn),
      [true, false],
    );
  });
});

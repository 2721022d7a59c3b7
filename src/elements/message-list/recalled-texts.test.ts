import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { ownMessage } from '../../../test/helpers/chat-samples.js';
import type { Message } from '../../client/public.js';
import { isKept, keepRecalled, takeRecalled } from './recalled-texts.js';

const MINE = ownMessage(1, 'See you at nine');
const GONE: Message = {
  ...MINE,
  content: { type: 'gone', how: 'recall', by: MINE.sender, byOwn: true },
};

test('the words of a message are kept for five minutes', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const client = new FakeClient();
  let told = 0;
  keepRecalled(client, MINE, () => told++);
  mock.timers.tick(299_999);
  assert.equal(isKept(client, GONE), true);
  mock.timers.tick(1);
  assert.equal(isKept(client, GONE), false);
  assert.equal(takeRecalled(client, GONE), undefined);
  assert.equal(told, 1);
});

test('they are had once, by the client that took the message back, when it is gone', ({ mock }) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const client = new FakeClient();
  keepRecalled(client, MINE, () => undefined);
  assert.equal(isKept(client, MINE), false);
  assert.equal(isKept(new FakeClient(), GONE), false);
  assert.equal(takeRecalled(new FakeClient(), GONE), undefined);
  assert.equal(takeRecalled(client, GONE), 'See you at nine');
  assert.equal(takeRecalled(client, GONE), undefined);
});

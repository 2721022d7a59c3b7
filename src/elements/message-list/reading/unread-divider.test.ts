import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { message, ownMessage } from '../../../../test/helpers/chat-samples.js';
import { UnreadDivider } from './unread-divider.js';

describe('The line above new messages', () => {
  let divider: UnreadDivider;

  beforeEach(() => {
    divider = new UnreadDivider();
  });

  test('stands before the first unread message of others when a conversation opens', () => {
    divider.open([message(1, 'a'), ownMessage(2, 'b'), message(3, 'c'), message(4, 'd')], 1);
    assert.equal(divider.beforeId, 'm3');
  });

  test('is absent when everything has been read, or only own messages follow', () => {
    divider.open([message(1, 'a'), message(2, 'b')], 2);
    assert.equal(divider.beforeId, undefined);
    divider.open([message(1, 'a'), ownMessage(2, 'b')], 1);
    assert.equal(divider.beforeId, undefined);
  });

  test('does not appear for what arrives before the eyes of the user', () => {
    divider.arrived([message(5, 'e')], true);
    assert.equal(divider.beforeId, undefined);
  });

  test('appears before the first of what arrives while nobody looks, and stays there', () => {
    divider.arrived([message(5, 'e')], false);
    divider.arrived([message(6, 'f')], false);
    assert.equal(divider.beforeId, 'm5');
  });

  test('stays put while the user reads', () => {
    divider.open([message(3, 'c'), message(4, 'd')], 3);
    divider.looked();
    divider.arrived([message(5, 'e')], true);
    assert.equal(divider.beforeId, 'm4');
  });

  test('moves on to what arrives while nobody looks, once the earlier ones were seen', () => {
    divider.open([message(3, 'c'), message(4, 'd')], 3);
    divider.looked();
    divider.arrived([message(5, 'e')], false);
    assert.equal(divider.beforeId, 'm5');
  });

  test('goes when the user answers, presses Escape or leaves', () => {
    divider.open([message(3, 'c'), message(4, 'd')], 3);
    divider.clear();
    assert.equal(divider.beforeId, undefined);
  });
});

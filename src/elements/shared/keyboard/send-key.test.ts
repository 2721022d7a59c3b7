import assert from 'node:assert/strict';
import { describe, mock, test } from 'node:test';
import { SendKey, type KeyPress } from './send-key.js';

const ENTER: KeyPress = {
  key: 'Enter',
  keyCode: 13,
  isComposing: false,
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
};

describe('SendKey', () => {
  test('takes a plain Enter and no other key', () => {
    const sendKey = new SendKey();
    assert.equal(sendKey.matches(ENTER), true);
    assert.equal(sendKey.matches({ ...ENTER, key: 'a' }), false);
    for (const modifier of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey'] as const) {
      assert.equal(sendKey.matches({ ...ENTER, [modifier]: true }), false, modifier);
    }
  });

  test('leaves every Enter of an input method alone', () => {
    const sendKey = new SendKey();
    assert.equal(sendKey.matches({ ...ENTER, isComposing: true }), false);
    assert.equal(sendKey.matches({ ...ENTER, keyCode: 229 }), false);
    assert.equal(sendKey.matches({ ...ENTER, key: 'Process' }), false);
  });

  test('leaves the Enter alone that follows the end of a composition in the same task', () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const sendKey = new SendKey();
    sendKey.compositionEnded();
    assert.equal(sendKey.matches(ENTER), false);
    mock.timers.tick(1);
    assert.equal(sendKey.matches(ENTER), true);
    mock.timers.reset();
  });
});

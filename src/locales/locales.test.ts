import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IM_ERROR_CODES } from '../protocol/im-error.js';
import { en } from './en.js';
import { enMenus } from './en-menus.js';
import { pseudo } from './pseudo.js';
import { zhCN } from './zh-CN.js';

/** Calls every function with recognisable arguments, so that words can be compared. */
function flatten(strings: object, path = ''): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(strings) as [string, unknown][]) {
    const name = path + key;
    if (typeof value === 'string') words.set(name, value);
    else if (typeof value === 'function') {
      words.set(name, (value as (...args: unknown[]) => string)('7', 'Mara', '09:52', 'Sent'));
    } else for (const [inner, text] of flatten(value as object, `${name}.`)) words.set(inner, text);
  }
  return words;
}

/** Whether the words at a path are filled in by a function. */
function isFunction(strings: object, path: string): boolean {
  let value: unknown = strings;
  for (const key of path.split('.')) value = (value as Record<string, unknown>)[key];
  return typeof value === 'function';
}

describe('The languages', () => {
  const whole = { ...en, menus: enMenus };
  const english = flatten(whole);

  for (const [name, strings] of Object.entries({ zhCN, pseudo })) {
    test(`${name} says everything that English says, with the same things filled in`, () => {
      const words = flatten(strings);
      assert.deepEqual([...words.keys()].sort(), [...english.keys()].sort());
      for (const [key, text] of words) {
        assert.notEqual(text.trim(), '', key);
        assert.notEqual(text, english.get(key), key);
        if (name === 'pseudo') continue;
        for (const filled of ['7', 'Mara', '09:52', 'Sent']) {
          const expected = isFunction(whole, key);
          if (expected) {
            assert.equal(
              text.includes(filled),
              english.get(key)?.includes(filled),
              `${key} ${filled}`,
            );
          }
        }
      }
    });
  }

  test('every error code has words', () => {
    for (const code of IM_ERROR_CODES) {
      assert.ok(en.errors[code], code);
      assert.ok(zhCN.errors[code], code);
    }
  });

  test('English counts one thing as one', () => {
    assert.equal(en.newMessages(1), '1 new message');
    assert.equal(en.newMessages(2), '2 new messages');
    assert.equal(en.memberCount(1), '1 member');
  });
});

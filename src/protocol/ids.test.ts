import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { c2cId, c2cPeer, c2cPeople, conversationKind, isKey, isUserId, makeKey } from './ids.js';

const userId = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}$/);

describe('ids', () => {
  test('name the conversation of two people the same from both sides', () => {
    fc.assert(
      fc.property(userId, userId, (one, other) => {
        fc.pre(one !== other);
        const id = c2cId(one, other);
        assert.equal(id, c2cId(other, one));
        assert.equal(conversationKind(id), 'c2c');
        assert.equal(c2cPeer(id, one), other);
        assert.equal(c2cPeer(id, other), one);
        assert.equal(c2cPeer(id, 'Somebody-else'), undefined);
      }),
    );
  });

  test('refuse a pair that is not in its one canonical order', () => {
    assert.deepEqual(c2cPeople('c2c:alice:bob'), ['alice', 'bob']);
    assert.equal(c2cPeople('c2c:bob:alice'), undefined);
    assert.equal(c2cPeople('c2c:alice:alice'), undefined);
    assert.equal(c2cPeople('c2c:alice'), undefined);
    assert.equal(c2cPeople('c2c:alice:bob:carol'), undefined);
  });

  test('accept what may name a person and nothing else', () => {
    for (const good of ['alice', 'a', '_', 'mara.okafor@example.com', 'A+1', 'x'.repeat(64)]) {
      assert.ok(isUserId(good), good);
    }
    for (const bad of ['', '@system', '.a', 'a:b', 'a b', '林佳', 'x'.repeat(65), 'a\n']) {
      assert.ok(!isUserId(bad), JSON.stringify(bad));
    }
  });

  test('know the kinds of conversations', () => {
    assert.equal(conversationKind('group:autumn-launch'), 'group');
    for (const bad of ['', 'group:', 'group:a b', 'room:1', 'c2c:', `group:${'x'.repeat(65)}`]) {
      assert.equal(conversationKind(bad), undefined, bad);
    }
  });

  test('make keys that pass their own check, from any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 22, maxLength: 22 }), (bytes) => {
        const key = makeKey(() => bytes);
        assert.equal(key.length, 22);
        assert.ok(isKey(key));
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { IM_ERROR_CODES, ImError } from './im-error.js';

describe('ImError', () => {
  test('says by its code alone whether trying again can help', () => {
    assert.ok(new ImError('connection/timeout', 'No answer.').retryable);
    assert.ok(new ImError('server/store-unavailable', 'The disk is full.').retryable);
    assert.ok(!new ImError('message/too-large', 'Too long.').retryable);
    assert.ok(!new ImError('auth/token-invalid', 'Wrong signature.').retryable);
  });

  test('keeps its cause, its field and its waiting time', () => {
    const cause = new Error('ENOSPC');
    const error = new ImError('server/store-unavailable', 'The disk is full.', {
      cause,
      field: 'name',
      retryAfterMs: 500,
    });
    assert.equal(error.cause, cause);
    assert.equal(error.field, 'name');
    assert.equal(error.retryAfterMs, 500);
  });

  test('has codes that are unique, sorted and of the form area/reason', () => {
    assert.deepEqual([...new Set(IM_ERROR_CODES)].sort(), [...IM_ERROR_CODES]);
    for (const code of IM_ERROR_CODES) assert.match(code, /^[a-z]+\/[a-z-]+$/);
  });
});

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { CHANGE_SHAPES, REGISTER_SHAPES } from './event-shapes.js';
import { REGISTER_PLACES } from './registers.js';
import { CLIENT_SHAPES, SERVER_SHAPES } from './shapes.js';
import { OLDEST_PROTOCOL_VERSION, PROTOCOL_HISTORY, PROTOCOL_VERSION } from './version.js';

function fingerprint(): string {
  const text = JSON.stringify({
    client: CLIENT_SHAPES,
    server: SERVER_SHAPES,
    changes: CHANGE_SHAPES,
    registers: [REGISTER_SHAPES, REGISTER_PLACES],
  });
  return createHash('sha256').update(text).digest('hex');
}

describe('the protocol version', () => {
  test('changes whenever the shape of a frame changes', () => {
    const current = PROTOCOL_HISTORY.at(-1);
    assert.equal(current?.version, PROTOCOL_VERSION);
    assert.equal(
      current.fingerprint,
      fingerprint(),
      'A frame has changed: append a version to PROTOCOL_HISTORY with this fingerprint.',
    );
  });

  test('has a history that counts up from the oldest version that is served', () => {
    const versions = PROTOCOL_HISTORY.map(({ version }) => version);
    assert.deepEqual(
      versions,
      versions.map((_, index) => index + 1),
    );
    assert.ok(versions.includes(OLDEST_PROTOCOL_VERSION));
  });
});

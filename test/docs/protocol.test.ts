import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { decodeClientFrame, decodeServerFrame } from '../../src/protocol/decode.js';
import { IM_ERROR_CODES } from '../../src/protocol/im-error.js';
import { CLIENT_SHAPES, SERVER_SHAPES } from '../../src/protocol/shapes.js';
import { PROTOCOL_HISTORY } from '../../src/protocol/version.js';

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

function examples(side: 'client' | 'server'): string[] {
  const blocks = page.matchAll(new RegExp('```json ' + side + '\\n([^`]*)```', 'g'));
  return [...blocks].map(([, text]) => text!);
}

describe('docs/protocol.md', () => {
  for (const [side, decode, shapes] of [
    ['client', decodeClientFrame, CLIENT_SHAPES],
    ['server', decodeServerFrame, SERVER_SHAPES],
  ] as const) {
    test(`shows every frame of the ${side} by an example that the decoder takes`, () => {
      const shown = new Set(examples(side).map((text) => decode(text).type as string));
      assert.deepEqual([...shown].sort(), Object.keys(shapes).sort());
    });
  }

  test('lists every error code', () => {
    const missing = IM_ERROR_CODES.filter((code) => !page.includes(`\`${code}\``));
    assert.deepEqual(missing, []);
  });

  test('lists every version', () => {
    for (const { version, since } of PROTOCOL_HISTORY) {
      assert.match(page, new RegExp(`\\| ${version} +\\| ${since} +\\|`));
    }
  });
});

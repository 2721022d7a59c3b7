import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ImError } from '../../../src/protocol/im-error.js';
import { createLog, openSink, type Log } from './log.js';

const HUSH = 'never-to-be-seen';

function logged(pretty: boolean, write: (log: Log) => void): string {
  let text = '';
  write(createLog('trace', pretty, { write: (line) => (text += line) }));
  return text;
}

describe('the log', () => {
  for (const pretty of [false, true]) {
    const form = pretty ? 'in plain lines' : 'in JSON';

    test(`hides tokens, secrets and bodies, however they get there, ${form}`, () => {
      const text = logged(pretty, (log) => {
        for (const name of ['token', 'secret', 'authorization', 'cookie', 'body', 'text']) {
          log.info({
            [name]: HUSH,
            frame: { [name]: HUSH },
            request: { headers: { [name]: HUSH } },
          });
        }
      });
      assert.ok(!text.includes(HUSH), text);
      assert.match(text, /\[hidden\]/);
    });

    test(`tells an error without the input that its cause quotes, ${form}`, () => {
      const text = logged(pretty, (log) => {
        try {
          JSON.parse(`"${HUSH}`);
        } catch (cause) {
          log.error({ err: new ImError('protocol/bad-frame', 'Not JSON.', { cause }) }, 'refused');
          log.error({ err: cause }, 'parser');
        }
      });
      assert.ok(!text.includes(HUSH), text);
      assert.match(text, /protocol\/bad-frame|Not JSON/);
    });
  }

  test('is one JSON object a line', () => {
    const [line = ''] = logged(false, (log) => log.warn({ port: 1 }, 'hello')).split('\n');
    const { level, msg, port } = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual([level, msg, port], ['warn', 'hello', 1]);
  });

  test('throws at nobody when its file takes nothing, and keeps no more than a megabyte', () => {
    const folder = mkdtempSync(join(tmpdir(), 'im-kit-log-'));
    writeFileSync(join(folder, 'log'), '');
    const fd = openSync(join(folder, 'log'), 'r');
    const log = createLog('info', false, openSink(fd));
    const line = 'x'.repeat(10_000);
    const before = process.memoryUsage().heapUsed;
    for (let count = 0; count < 5_000; count++) log.error({ line }, 'nobody hears');
    const grownBy = process.memoryUsage().heapUsed - before;
    closeSync(fd);
    rmSync(folder, { recursive: true });
    assert.ok(grownBy < 40_000_000, `${grownBy} bytes`);
  });

  test('leaves out what is below its level', () => {
    let text = '';
    createLog('error', false, { write: (line) => (text += line) }).info('quiet');
    assert.equal(text, '');
  });
});

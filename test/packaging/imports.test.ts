import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { createConsumer } from './consumer.js';

const run = promisify(execFile);
const TIMEOUT_MS = 30_000;

/** Lit and Dexie leave marks by which a second copy of them is noticed; the kit itself leaves none. */
const OF_LIBRARIES = /^(customElements|lit[A-Z]\w+|reactiveElementVersions|Symbol\(Dexie\))$/;

const SCRIPT = `
  const before = new Set(Reflect.ownKeys(globalThis));
  await import(process.argv[1]);
  console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)));
`;

describe('importing the package in Node', () => {
  const consumer = createConsumer();
  after(consumer.remove);

  test('covers every entry of the package', () => {
    assert.ok(consumer.entries.includes('im-kit'));
    assert.ok(consumer.entries.includes('im-kit/elements/primitives/composer'));
    assert.ok(consumer.entries.includes('im-kit/locales/zh-CN'));
  });

  test('finds the themes as files', () => {
    const theme = createRequire(join(consumer.folder, 'page.js')).resolve(
      'im-kit/themes/paper.css',
    );
    assert.match(readFileSync(theme, 'utf8'), /--im-accent:/);
  });

  for (const entry of consumer.entries) {
    test(`${entry} leaves no global behind, prints nothing and lets the process end`, async () => {
      const args = ['--input-type=module', '--eval', SCRIPT, entry];
      const { stdout, stderr } = await run(process.execPath, args, {
        cwd: consumer.folder,
        timeout: TIMEOUT_MS,
      });
      const added = JSON.parse(stdout) as string[];
      assert.deepEqual(
        added.filter((name) => !OF_LIBRARIES.test(name)),
        [],
      );
      assert.equal(stderr, '');
    });
  }
});

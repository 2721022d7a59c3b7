import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { createConsumer, ROOT } from './consumer.js';

const FIXTURES = join(ROOT, 'test/packaging/fixtures');

/** The lines below each comment that says `wrong`. */
function wrongLines(file: string): number[] {
  const lines = readFileSync(join(FIXTURES, file), 'utf8').split('\n');
  return lines.flatMap((line, index) => (/(\/\/|\/\*) wrong/.test(line) ? [index + 2] : []));
}

describe('the types of the package', () => {
  const consumer = createConsumer();
  after(consumer.remove);
  const project = join(consumer.folder, 'app');
  cpSync(FIXTURES, project, { recursive: true });
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], {
    cwd: project,
    encoding: 'utf8',
  });

  /** Where the compiler finds fault in a file. */
  function faults(file: string): number[] {
    const found = [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error/gm)];
    return found.filter(([, path]) => path === file).map(([, , line]) => Number(line));
  }

  test('fit an application, and refuse what is wrong in it', () => {
    assert.deepEqual(faults('uses.ts'), wrongLines('uses.ts'), stdout);
  });

  test('fit elements in JSX, and refuse wrong attributes, events and tags', () => {
    assert.deepEqual(faults('page.tsx'), wrongLines('page.tsx'), stdout);
  });

  test('are sound themselves, without skipLibCheck', () => {
    assert.doesNotMatch(stdout, /node_modules.im-kit/);
  });
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { build } from 'esbuild';
import { createConsumer } from './consumer.js';

describe('bundling the package', () => {
  const consumer = createConsumer();
  after(consumer.remove);

  async function bundle(code: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: consumer.folder },
      bundle: true,
      write: false,
      format: 'esm',
      external: ['lit', 'lit/*', '@lit/*', '@tanstack/*', 'dexie', 'fake-indexeddb'],
    });
    return outputFiles[0]!.text;
  }

  const registered = (code: string): string[] =>
    [...code.matchAll(/defineElement\("(im-[a-z-]+)"/g)].map(([, tag]) => tag!);

  test('a class alone registers nothing', async () => {
    const code = await bundle(`import { ImComposer } from 'im-kit'; console.log(ImComposer);`);

    assert.match(code, /class ImComposer|ImComposer = class/);
    assert.deepEqual(registered(code), []);
  });

  test('a class alone brings no other element, and no client', async () => {
    const code = await bundle(`import { ImBadge } from 'im-kit'; console.log(ImBadge);`);

    assert.doesNotMatch(code, /class ImComposer|ImComposer = class|from "dexie"/);
  });

  test('an element by its entry registers itself and what it is made of', async () => {
    const code = await bundle(`import 'im-kit/elements/chat-window';`);

    assert.ok(registered(code).includes('im-chat-window'));
    assert.ok(registered(code).includes('im-composer'));
    assert.ok(!registered(code).includes('im-app'));
  });

  test('the whole kit registers every element', async () => {
    const code = await bundle(`import 'im-kit/all';`);

    const manifest = readFileSync(join(consumer.kit, 'custom-elements.json'), 'utf8');
    const tags = [...manifest.matchAll(/"tagName": "([^"]+)"/g)].map(([, tag]) => tag);
    assert.deepEqual([...new Set(registered(code))].sort(), tags.sort());
  });
});

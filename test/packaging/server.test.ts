/** The server as `npx im-kit-server` runs it: its package alone, without this repository around it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { install, ROOT } from './consumer.js';

describe('the package of the server', () => {
  const { place, remove } = install('im-kit-server', join(ROOT, 'server'));
  let server: TestServer;

  before(async () => {
    const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as {
      readonly bin: { readonly 'im-kit-server': string };
    };
    server = await startServer({
      main: join(place, bin['im-kit-server']),
      flags: ['--dev'],
      // As a newcomer has it: the AppID and the secret are made on the first run.
      env: { IM_KIT_APP_ID: undefined, IM_KIT_SECRET: undefined },
    });
  });

  after(async () => {
    await server.stop();
    remove();
  });

  test('names its program, which starts with the line that runs it', () => {
    const program = readFileSync(join(place, 'dist/main.js'), 'utf8');
    assert.match(program, /^#!\/usr\/bin\/env node\n/);
  });

  test('serves the demo, the page to copy and the kit', async () => {
    const paths = ['/', '/?user=alice', '/embed.html', '/kit/im-kit.js', '/kit/im-kit.iife.js'];
    for (const path of paths) {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200, path);
      assert.ok((await response.text()).length > 200, path);
    }
    const health = await fetch(`${server.url}/healthz`);
    assert.equal(health.status, 200);
  });

  test('says where the pages are, and ends with 0 on SIGTERM', async () => {
    assert.ok(server.output.includes(`${server.url}/`));
    assert.ok(server.output.includes('/embed.html'));
    assert.equal(await server.kill('SIGTERM'), 0);
  });
});

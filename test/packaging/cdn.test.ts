import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openBrowser, type Browser } from '../helpers/browser.js';
import { startSite, type Site } from '../helpers/site.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { ROOT } from './consumer.js';

const CDN = join(ROOT, 'dist/cdn');
const IMPORTS = /(?:\bfrom|\bimport\(?)\s*["'`]([^"'`\s(){}]+)["'`]/g;

describe('the files for a script tag', () => {
  const files = readdirSync(CDN).filter((file) => file.endsWith('.js'));

  for (const file of files) {
    test(`${file} imports nothing but its neighbours, and has no decorator left`, () => {
      const code = readFileSync(join(CDN, file), 'utf8');
      for (const [, target = ''] of code.matchAll(IMPORTS)) {
        assert.ok(files.includes(target.replace('./', '')), `${file} imports ${target}`);
      }
      assert.doesNotMatch(code, /[{};]\s*@[\w$]+\(/);
    });
  }
});

describe('the classic script', () => {
  test('loads nothing late that would bring the module entry, and so a second kit, with it', () => {
    const reached = new Set(['im-kit.iife.js']);
    // A set grows while it is walked.
    for (const file of reached) {
      const code = readFileSync(join(CDN, file), 'utf8');
      for (const [, name = ''] of code.matchAll(IMPORTS)) reached.add(name.replace('./', ''));
    }
    assert.ok(reached.has('zh-CN.js'));
    assert.ok(!reached.has('im-kit.js'), [...reached].join(', '));
  });
});

describe('a page with a script tag, under the strictest policy', () => {
  let server: TestServer;
  let site: Site;
  let browser: Browser;

  before(async () => {
    site = await startSite();
    server = await startServer({ flags: ['--origin', site.origin] });
    await server.rest('PUT', '/v1/users/alice', { name: 'Alice Meyer' });
    await server.rest('PUT', '/v1/users/bob', { name: 'Bob Tanaka' });
    browser = await openBrowser();
  });

  after(async () => {
    await browser.stop();
    await server.stop();
    await site.stop();
  });

  for (const kind of ['module', 'classic']) {
    test(`as a ${kind} script sends a message and breaks no rule`, async () => {
      const query = new URLSearchParams({
        server: server.url,
        token: await server.token('alice'),
        'peer-id': 'bob',
        locale: 'zh-CN',
      });
      const { page, errors } = await browser.open(
        `${site.origin}/${kind}.html?${query.toString()}`,
      );

      await page.locator('im-composer textarea').fill(`你好 from a ${kind} script`);
      await page.locator('im-composer textarea').press('Enter');
      const bubble = page.locator('[part~="bubble"]', { hasText: `a ${kind} script` });
      await bubble.locator('[part~="status"].sent, [part~="status"].delivered').waitFor();

      assert.deepEqual(await page.evaluate('globalThis.violations'), []);
      assert.deepEqual(errors, []);
      assert.equal(await page.locator('im-composer button').getAttribute('aria-label'), '发送');
      await page.close();
    });
  }

  test('offers a classic page what a module exports', async () => {
    const { page } = await browser.open(`${site.origin}/classic.html`);

    const names = await page.evaluate('Object.keys(globalThis.ImKit)');

    assert.ok((names as string[]).includes('createClient'));
    await page.close();
  });
});

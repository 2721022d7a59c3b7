/**
 * The storage of a real browser fails under the running client, while there is no connection either:
 * the page stays usable, what was being written is still there, what is sent is on the screen with its
 * state, and reaches the server once when the line is back.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { buildWhatIsStale } from '../../scripts/build.mjs';
import { en } from '../../src/locales/en.js';
import { openBrowser, type Browser } from '../helpers/browser.js';
import { builtServer } from '../helpers/built-server.js';
import { textOf } from '../helpers/mortal-client.js';
import { openProxy, type Proxy } from '../helpers/proxy.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { startSite, type Site } from '../helpers/site.js';
import { startServer, type TestServer } from '../helpers/start-server.js';

const PATIENCE_MS = 45_000;

type Fault = {
  readonly name: string;
  /** Whether nothing can be kept on the device afterwards, and the page has to say so. */
  readonly isTold: boolean;
  /** What the page says to a message that it cannot take for now. */
  readonly refuses?: string;
  /** Runs in a page of the site before the client starts. */
  readonly prepare?: (other: Page) => Promise<void>;
  readonly strike: (page: Page, other: Page) => Promise<void>;
};

const onlyDatabase = `indexedDB.databases().then(([{ name }]) => name)`;

/** Something else of the site takes all the room that is left. */
const FILL = `new Promise((resolve) => {
  const request = indexedDB.open('everything else', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('bytes', { autoIncrement: true });
  request.onsuccess = () => {
    const write = (size) => {
      const transaction = request.result.transaction('bytes', 'readwrite');
      transaction.objectStore('bytes').add(crypto.getRandomValues(new Uint8Array(size)));
      transaction.oncomplete = () => write(size);
      transaction.onabort = () => (size > 256 ? write(size / 2) : resolve());
    };
    write(65_536);
  };
})`;

const FAULTS: readonly Fault[] = [
  {
    name: 'closed and emptied, as when somebody clears the site’s data',
    isTold: false,
    async strike(page) {
      const cdp = await page.context().newCDPSession(page);
      const { origin } = new URL(page.url());
      await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    },
  },
  {
    name: 'deleted by another page of the site',
    // Nothing is written back to a disk that was wiped on purpose.
    isTold: true,
    async strike(_, other) {
      await other.evaluate(`${onlyDatabase}.then((name) => new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = resolve;
        request.onerror = () => reject(request.error);
      }))`);
    },
  },
  {
    name: 'over its quota',
    isTold: true,
    refuses: en.errors['storage/quota-exceeded'],
    // Room for little more than the page itself; the browser looks only now and then how much is left.
    async prepare(other) {
      const cdp = await other.context().newCDPSession(other);
      const { origin } = new URL(other.url());
      await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 4_000_000 });
    },
    async strike(_, other) {
      await other.evaluate(FILL);
    },
  },
];

describe('the storage of a browser', () => {
  let server: TestServer;
  let site: Site;
  let proxy: Proxy;
  let browser: Browser;

  before(async () => {
    buildWhatIsStale(['CDN files']);
    site = await startSite();
    server = await startServer({ main: builtServer(), flags: ['--origin', site.origin] });
    await server.rest('PUT', '/v1/users/bob', { name: 'Bob Tanaka' });
  });

  after(async () => {
    await server.stop();
    await site.stop();
  });

  beforeEach(async () => {
    proxy = await openProxy(server.url);
    browser = await openBrowser();
  });

  afterEach(async () => {
    await browser.stop();
    await proxy.stop();
  });

  async function address(user: string): Promise<string> {
    const query = new URLSearchParams({
      server: proxy.url,
      token: await server.token(user),
      'user-id': user,
      view: 'im-chat-window',
      'peer-id': 'bob',
    });
    return `${site.origin}/app.html?${query.toString()}`;
  }

  function shown(page: Page, text: string): Locator {
    return page.locator('im-message-list [data-id]', { hasText: text });
  }

  async function write(page: Page, text: string): Promise<void> {
    const field = page.getByRole('textbox');
    await field.fill(text);
    await field.press('Enter');
    await shown(page, text).waitFor({ timeout: PATIENCE_MS });
  }

  /** Waits until the server has so many messages, and gives them. */
  async function serverTexts(user: string, count: number): Promise<readonly string[]> {
    const conversation = ['bob', user].sort().join(':');
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const peer = await RawPeer.open(server.url, await server.token(user), 'auditor');
      const range = { type: 'range', conversation: `c2c:${conversation}`, after: 0, limit: 200 };
      const texts = await peer.request('events', range).then(
        ({ events }) => events.map(({ body }) => textOf(body)),
        () => [],
      );
      peer.close();
      if (texts.length >= count || Date.now() > end) return texts;
      await new Promise((next) => setTimeout(next, 200));
    }
  }

  for (const [index, { name, isTold, refuses, prepare, strike }] of FAULTS.entries()) {
    test(`${name}: nothing is lost in silence`, async (context) => {
      const user = `writer-${index}`;
      await server.rest('PUT', `/v1/users/${user}`, { name: user });
      const { page: other } = await browser.open(`${site.origin}/app.css`);
      await prepare?.(other);
      const { page, errors } = await browser.open(await address(user));
      await write(page, 'before the fault');
      assert.deepEqual(await serverTexts(user, 1), ['before the fault']);

      const field = page.getByRole('textbox');
      await field.fill('half a thought');
      proxy.cut();
      await strike(page, other);
      await page.bringToFront();
      assert.equal(await field.inputValue(), 'half a thought');
      const [first, second] = ['the first after it', 'the second after it'];
      if (refuses) {
        // What cannot be kept stays where it was written, and the page says why.
        await field.fill(first);
        await field.press('Enter');
        await page.getByRole('alert').filter({ hasText: refuses }).waitFor();
        // The page may have said so about the half thought already.
        const end = Date.now() + PATIENCE_MS;
        while ((await field.inputValue()) !== first && Date.now() < end)
          await page.waitForTimeout(50);
        assert.equal(await field.inputValue(), first);
        proxy.mend();
        await page.getByText(en.memoryNotice).first().waitFor({ timeout: PATIENCE_MS });
      }
      await write(page, first);
      await write(page, second);
      if (isTold) await page.getByText(en.memoryNotice).first().waitFor({ timeout: PATIENCE_MS });

      proxy.mend();
      const expected = ['before the fault', first, second];
      assert.deepEqual(await serverTexts(user, 3), expected);
      for (const text of expected) assert.equal(await shown(page, text).count(), 1, text);
      assert.deepEqual(errors, []);
      context.diagnostic(`client storage: ${expected.length} messages: 0 silent losses`);
    });
  }

  test('blocked by another page: it goes on in memory, and says so', async () => {
    await server.rest('PUT', '/v1/users/writer-b', { name: 'writer-b' });
    const name = `im-kit/${new URL(proxy.url).host}/writer-b`;
    const { page: other } = await browser.open(`${site.origin}/app.css`);
    // An old version of the page that holds on to its database, whatever it is asked.
    await other.evaluate(`new Promise((resolve) => {
      const request = indexedDB.open(${JSON.stringify(name)}, 1);
      request.onsuccess = () => resolve((globalThis.held = request.result) && undefined);
    })`);
    const { page, errors } = await browser.open(await address('writer-b'));
    await page.getByText(en.memoryNotice).first().waitFor({ timeout: PATIENCE_MS });
    await write(page, 'without a disk');
    assert.deepEqual(await serverTexts('writer-b', 1), ['without a disk']);
    assert.deepEqual(errors, []);
  });
});

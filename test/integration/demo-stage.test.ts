import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Frame, Locator, Page } from 'playwright-core';
import { openBrowser, type Browser } from '../helpers/browser.js';
import { startServer, type TestServer } from '../helpers/start-server.js';

/** The colours of a picture that is drawn from a name. */
const lookOf = (picture: Locator): Promise<string> =>
  picture.evaluate((element) => getComputedStyle(element).backgroundImage);

describe('the page with two people', () => {
  let server: TestServer;
  let browser: Browser;

  before(async () => {
    server = await startServer({ flags: ['--dev'] });
    browser = await openBrowser();
  });

  after(async () => {
    await browser.stop();
    await server.stop();
  });

  const screenOf = (page: Page, user: string): Frame | undefined =>
    page.frames().find((frame) => frame.url().includes(`user=${user}`));

  test('shows a person beside their screen as the other one sees them', async () => {
    const { page, errors } = await browser.open(server.url);
    for (const [user, other] of [
      ['alice', 'bob'],
      ['bob', 'alice'],
    ] as const) {
      const label = page.locator(`#${user} im-avatar [part=avatar]`);
      await label.waitFor();
      const seen = screenOf(page, other)!.locator('im-chat-window header [part=avatar]');
      await seen.waitFor();
      assert.match(await lookOf(label), /gradient/);
      assert.equal(await lookOf(label), await lookOf(seen));
    }
    assert.deepEqual(errors, []);
  });
});

/** A real Chromium, driven by playwright-core. Each `openBrowser()` is a browser with its own profile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../scripts/find-browser.mjs';

export type Browser = {
  readonly context: BrowserContext;
  /** Opens a page and fails the test run on errors that nobody caught in it. */
  open(url: string): Promise<{ readonly page: Page; readonly errors: readonly string[] }>;
  /** Closes the window but keeps the profile; `reopen()` starts a new browser process on it. */
  reopen(): Promise<Browser>;
  stop(): Promise<void>;
};

async function launch(profile: string): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found.');
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: chromiumArgs,
    viewport: { width: 1100, height: 760 },
  });
  return {
    context,
    async open(url) {
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.message));
      await page.goto(url);
      return { page, errors };
    },
    async reopen() {
      await context.close();
      return launch(profile);
    },
    async stop() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Starts a browser with an empty profile. */
export async function openBrowser(): Promise<Browser> {
  return launch(await mkdtemp(join(tmpdir(), 'im-kit-profile-')));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { chromiumArgs, findChromium } from '../../scripts/find-browser.mjs';

const VIEWPORT = { width: 1100, height: 760 };

/** Pages that are not in front must work as fast as those that are. */
const EQUAL_PAGES = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export type BenchBrowser = { readonly context: BrowserContext; stop(): Promise<void> };

/** Starts a Chromium with a profile of its own. */
export async function startBrowser(): Promise<BenchBrowser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found; set CHROME_PATH.');
  const profile = await mkdtemp(join(tmpdir(), 'im-kit-bench-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: [...chromiumArgs, ...EQUAL_PAGES],
    viewport: VIEWPORT,
  });
  return {
    context,
    async stop() {
      await context.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

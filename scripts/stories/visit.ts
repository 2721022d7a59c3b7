/** Opens one story of a built Storybook in a browser, and tells all that went wrong with it. */
import type { Browser, Page } from 'playwright-core';
import { findProblems, listen, lookAgain, TROUBLE } from './in-page.js';

export const SCHEMES = ['light', 'dark'] as const;
export type Scheme = (typeof SCHEMES)[number];

const PATIENCE_MS = 30_000;

function isHere(url: string): boolean {
  return /^(data:|blob:|about:)/.test(url) || new URL(url).hostname === '127.0.0.1';
}

function watch(page: Page, report: (problem: string) => void): void {
  page.on('pageerror', (error) => report(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') report(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!isHere(request.url())) report(`request to ${request.url()}`);
  });
  page.on('websocket', (socket) => report(`socket to ${socket.url()}`));
}

/**
 * Opens a story in light, waits for its end, and then shows it in dark: a story is told once, and
 * colours are looked at in both. `use` gets the page as it stands in each.
 *
 * @returns What is wrong in each of them.
 */
export async function visitStory(
  browser: Browser,
  origin: string,
  id: string,
  use?: (page: Page, scheme: Scheme) => Promise<unknown>,
): Promise<Readonly<Record<Scheme, readonly string[]>>> {
  const viewport = { width: 1100, height: 760 };
  const context = await browser.newContext({ colorScheme: 'light', locale: 'en', viewport });
  const found: Record<Scheme, string[]> = { light: [], dark: [] };
  let scheme: Scheme = 'light';
  try {
    const page = await context.newPage();
    watch(page, (problem) => found[scheme].push(problem));
    // The compiler of these scripts names functions by a helper that pages do not have.
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.addInitScript(listen, TROUBLE);
    await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story`);
    found.light.push(...(await page.evaluate(findProblems, PATIENCE_MS)));
    await use?.(page, 'light');
    scheme = 'dark';
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.evaluate(lookAgain, id);
    found.dark.push(...(await page.evaluate(findProblems, PATIENCE_MS)));
    await use?.(page, 'dark');
  } catch (error) {
    found[scheme].push(error instanceof Error ? error.message : String(error));
  } finally {
    await context.close();
  }
  return found;
}

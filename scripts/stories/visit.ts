/** Opens one story of a built Storybook in a browser, and tells all that went wrong with it. */
import type { Browser, Page } from 'playwright-core';
import { findProblems, listen, TROUBLE } from './in-page.js';

export type Visit = {
  readonly id: string;
  readonly scheme: 'light' | 'dark';
  readonly locale?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
};

const PATIENCE_MS = 30_000;

function isHere(url: string): boolean {
  return /^(data:|blob:|about:)/.test(url) || new URL(url).hostname === '127.0.0.1';
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    if (!isHere(request.url())) problems.push(`request to ${request.url()}`);
  });
  page.on('websocket', (socket) => problems.push(`socket to ${socket.url()}`));
}

/** Opens a story, waits for its end, and gives what is wrong. `use` gets the page before it closes. */
export async function visitStory(
  browser: Browser,
  origin: string,
  visit: Visit,
  use?: (page: Page) => Promise<unknown>,
): Promise<string[]> {
  const { id, scheme, locale, viewport = { width: 1100, height: 760 } } = visit;
  const context = await browser.newContext({ colorScheme: scheme, locale: 'en', viewport });
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    watch(page, problems);
    // The compiler of these scripts names functions by a helper that pages do not have.
    await page.addInitScript('globalThis.__name = (value) => value');
    await page.addInitScript(listen, TROUBLE);
    const globals = locale === undefined ? '' : `&globals=locale:${locale}`;
    await page.goto(`${origin}/iframe.html?id=${id}&viewMode=story${globals}`);
    problems.push(...(await page.evaluate(findProblems, PATIENCE_MS)));
    await use?.(page);
    return [...new Set(problems)];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    await context.close();
  }
}

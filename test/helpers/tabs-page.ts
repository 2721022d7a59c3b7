/**
 * Several pages of one real browser that share an origin, each with a client: tabs as a person has
 * them. Driven by puppeteer-core, because pages that Playwright drives are never hidden, and only a
 * hidden page can be frozen.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import puppeteer, { type CDPSession, type Page } from 'puppeteer-core';
import { chromiumArgs, findChromium } from '../../scripts/find-browser.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The page: a client as the address says, and what it has told. */
const PAGE = `
import { createClient } from './src/client/index.js';
const { server, token, user } = Object.fromEntries(new URLSearchParams(location.search));
const seen = { states: [] };
const openSocket = (url, protocol) => (seen.socket = new WebSocket(url, protocol));
const client = createClient({ server, token, userId: user, openSocket });
const told = { message: [], notify: [], 'message-sent': [], 'message-failed': [] };
for (const event of Object.keys(told)) {
  client.on(event, (detail) => {
    for (const { content } of detail.messages ?? []) told[event].push(content.text);
    if (detail.messageId) told[event].push(detail.messageId);
  });
}
client.connection.subscribe({
  next: ({ status }) => {
    seen.status = status;
    seen.states.push([Date.now(), status]);
  },
});
client.totalUnread.subscribe({ next: (unread) => (seen.unread = unread) });
Object.assign(globalThis, { client, told, seen });
`;

async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    stdin: { contents: PAGE, resolveDir: ROOT, loader: 'ts' },
    outdir: ROOT,
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [`/${basename(path)}`, contents]));
}

export class Tab {
  readonly page: Page;
  hasCrashed = false;
  readonly #cdp: CDPSession;

  constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
    page.on('error', () => (this.hasCrashed = true));
  }

  /** The value of an expression in the page. */
  run<T>(expression: string): Promise<T> {
    return this.page.evaluate(expression) as Promise<T>;
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string, timeoutMs: number = 10_000): Promise<void> {
    try {
      await this.page.waitForFunction(expression, { timeout: timeoutMs, polling: 20 });
    } catch (cause) {
      const seen = await this.run<string>('JSON.stringify(seen)').catch(() => 'nothing');
      throw new Error(`Not within ${timeoutMs} ms: ${expression}; seen: ${seen}`, { cause });
    }
  }

  send(conversation: string, text: string): Promise<string> {
    const draft = JSON.stringify(text);
    return this.run(`client.sendText('${conversation}', ${draft}).then(({ id }) => id)`);
  }

  /** Has the browser freeze the page, which is hidden by another one in front of it. */
  async freeze(): Promise<void> {
    await this.#cdp.send('Page.setWebLifecycleState', { state: 'frozen' });
  }

  async thaw(): Promise<void> {
    await this.#cdp.send('Page.setWebLifecycleState', { state: 'active' });
  }

  /** Keeps the page busy: it hears nothing, and cannot be told that it loses its lock. */
  async hang(forMs: number): Promise<void> {
    const busy = `const end = Date.now() + ${forMs}; while (Date.now() < end);`;
    await this.run(`void setTimeout(() => { ${busy} }, 0)`);
  }

  /** Ends the page's process without a word; other pages may share it. */
  async crash(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.page.once('error', () => resolve()));
    // Nobody is left to answer.
    this.#cdp.send('Page.crash').catch(() => undefined);
    await gone;
  }

  async close(): Promise<void> {
    // A page that has crashed does not close; it goes with the browser.
    if (!this.hasCrashed) await this.page.close();
  }
}

export type Tabs = {
  readonly origin: string;
  /** Errors that nobody has caught in any of the pages. */
  readonly errors: readonly string[];
  open(server: string, user: string, token: string): Promise<Tab>;
  stop(): Promise<void>;
};

/** Starts a browser, and a site that serves nothing but a client. */
export async function openTabs(): Promise<Tabs> {
  const files = await bundle();
  const site = createServer(({ url = '' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    const isPage = pathname === '/';
    response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript');
    response.end(isPage ? '<script type="module" src="/stdin.js"></script>' : files.get(pathname));
  });
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening));
  const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('No Chromium was found.');
  const browser = await puppeteer.launch({ executablePath, args: [...chromiumArgs] });
  const errors: string[] = [];
  return {
    origin,
    errors,
    async open(server, user, token) {
      const page = await browser.newPage();
      page.on('pageerror', (error) => errors.push(String(error)));
      const query = new URLSearchParams({ server, user, token });
      await page.goto(`${origin}/?${query.toString()}`);
      await page.waitForFunction('globalThis.seen', { polling: 20 });
      return new Tab(page, await page.createCDPSession());
    },
    async stop() {
      await browser.close();
      await new Promise((stopped) => site.close(stopped).closeAllConnections());
    },
  };
}

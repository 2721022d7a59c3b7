/**
 * Takes pictures of the product into `gallery/`: the pages of the demo server by width, language and
 * colours. `npm run shots -- --stories` adds every story of a fresh Storybook.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { buildWhatIsStale } from '../build.mjs';
import { chromiumArgs, findChromium } from '../find-browser.mjs';
import { openStorySite } from './site.js';
import { SCHEMES, visitStory } from './visit.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const GALLERY = join(ROOT, 'gallery');
const WIDTHS: Readonly<Record<number, number>> = { 390: 844, 820: 1180, 1280: 800 };
const LOCALES = ['en', 'zh-CN'];
const PAGES: Readonly<Record<string, string>> = {
  demo: '/',
  list: '/?user=alice',
  group: '/?user=alice&conversation=group:autumn-launch',
  pair: '/?user=alice&conversation=c2c:alice:lin',
  embed: '/embed.html',
};

function startServer(data: string): Promise<{ child: ChildProcess; url: string }> {
  const args = ['server/dist/main.js', '--dev', '--port', '0', '--data', data];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    let printed = '';
    child.on('exit', (code) =>
      reject(new Error(`The server has ended with ${code ?? 'a signal'}.`)),
    );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const [, url] = /listening on (http:\/\/\S+)/.exec(printed) ?? [];
      if (url !== undefined) resolve({ child, url });
    });
  });
}

/** A picture of what has come to rest: words loaded, transitions over. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(600);
}

async function shootPages(browser: Browser, url: string): Promise<number> {
  let count = 0;
  for (const [width, height] of Object.entries(WIDTHS)) {
    for (const locale of LOCALES) {
      for (const colorScheme of SCHEMES) {
        const viewport = { width: Number(width), height };
        const context = await browser.newContext({ viewport, locale, colorScheme });
        for (const [name, path] of Object.entries(PAGES)) {
          const page = await context.newPage();
          await page.goto(url + path);
          await settle(page);
          const file = `${name}-${width}-${locale}-${colorScheme}.png`;
          await page.screenshot({ path: join(GALLERY, file) });
          await page.close();
          count += 1;
        }
        await context.close();
      }
    }
  }
  return count;
}

async function shootStories(): Promise<number> {
  const { origin, browser, stories, stop } = await openStorySite(false);
  for (const { id } of stories) {
    await visitStory(browser, origin, id, (page, scheme) =>
      page.screenshot({ path: join(GALLERY, 'stories', `${id}-${scheme}.png`) }),
    );
  }
  await stop();
  return stories.length * SCHEMES.length;
}

buildWhatIsStale(['CDN files', 'server']);
rmSync(GALLERY, { recursive: true, force: true });
mkdirSync(join(GALLERY, 'stories'), { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'im-kit-shots-'));
const { child, url } = await startServer(data);
const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath !== undefined && { executablePath }),
  args: chromiumArgs,
});
let pictures = 0;
try {
  pictures += await shootPages(browser, url);
  if (process.argv.includes('--stories')) pictures += await shootStories();
} finally {
  await browser.close();
  child.removeAllListeners('exit');
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  rmSync(data, { recursive: true, force: true, maxRetries: 5 });
}
console.log(`${pictures} pictures in gallery/`);

/** The built Storybook: made, served, and opened in a browser. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, findChromium } from '../find-browser.mjs';
import { serveFolder } from './serve-folder.js';

export type Story = { readonly id: string; readonly title: string; readonly name: string };
type Entry = Story & { readonly type: string };

export type StorySite = {
  readonly origin: string;
  readonly browser: Browser;
  readonly stories: readonly Story[];
  readonly stop: () => Promise<void>;
};

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SITE = join(ROOT, 'storybook-static');

function build(): void {
  const bin = 'node_modules/storybook/dist/bin/dispatcher.js';
  const args = [bin, 'build', '-o', 'storybook-static', '--quiet', '--disable-telemetry'];
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error('Storybook could not be built.');
}

async function readStories(): Promise<Story[]> {
  const index = JSON.parse(await readFile(join(SITE, 'index.json'), 'utf8')) as {
    readonly entries: Readonly<Record<string, Entry>>;
  };
  return Object.values(index.entries).filter(({ type }) => type === 'story');
}

/** Builds Storybook, unless `isBuilt`, and opens a browser for it. */
export async function openStorySite(isBuilt: boolean): Promise<StorySite> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium: node scripts/setup.mjs --browser says what to do.');
  }
  if (!isBuilt) build();
  const stories = await readStories();
  const { origin, stop } = await serveFolder(SITE);
  const browser = await chromium.launch({ executablePath, args: chromiumArgs });
  return {
    origin,
    browser,
    stories,
    stop: async () => {
      await browser.close();
      await stop();
    },
  };
}

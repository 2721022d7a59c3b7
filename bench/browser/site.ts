/** Serves bundled pages from memory, under one origin of the loopback. */
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildWhatIsStale } from '../../scripts/build.mjs';
import { bundlePage, repositoryPath } from '../machine/bundle.js';

export type Site = { readonly origin: string; stop(): Promise<void> };

function html(script: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body>${script}</body></html>`;
}

const KIT_TAG = '<script type="module" src="/kit/im-kit.js"></script>';

/** The files for a script tag, as they ship. */
async function kitFiles(): Promise<readonly (readonly [string, string])[]> {
  buildWhatIsStale(['CDN files']);
  const folder = repositoryPath('dist/cdn');
  const names = await readdir(folder);
  return Promise.all(
    names.map(
      async (name) => [`/kit/${name}`, await readFile(join(folder, name), 'utf8')] as const,
    ),
  );
}

/**
 * Bundles the entries, name → file of this repository; `<name>.html` is a page with that script, and
 * `product.html` has the kit's script tag before it.
 */
export async function startSite(entries: Readonly<Record<string, string>>): Promise<Site> {
  const files = new Map([['/empty.html', html('')], ...(await kitFiles())]);
  for (const [name, entry] of Object.entries(entries)) {
    const own = `<script type="module" src="/${name}/main.js"></script>`;
    files.set(`/${name}.html`, html(name === 'product' ? KIT_TAG + own : own));
    for (const [file, text] of await bundlePage(entry)) files.set(`/${name}/${file}`, text);
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const text = files.get(pathname);
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'max-age=3600',
    });
    response.end(text);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

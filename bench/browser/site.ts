/** Serves bundled pages from memory, under one origin of the loopback. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundlePage } from '../machine/bundle.js';

export type Site = { readonly origin: string; stop(): Promise<void> };

function html(script: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body>${script}</body></html>`;
}

/**
 * Bundles the entries, name → file of this repository; `<name>.html` is a page with that script alone.
 */
export async function startSite(entries: Readonly<Record<string, string>>): Promise<Site> {
  const files = new Map([['/empty.html', html('')]]);
  for (const [name, entry] of Object.entries(entries)) {
    files.set(`/${name}.html`, html(`<script type="module" src="/${name}/main.js"></script>`));
    for (const [file, text] of await bundlePage(entry)) files.set(`/${name}/${file}`, text);
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const text = files.get(pathname);
    const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html';
    response.writeHead(text === undefined ? 404 : 200, {
      'content-type': `${type}; charset=utf-8`,
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

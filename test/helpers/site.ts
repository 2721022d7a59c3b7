/** The host's web site in tests: its own origin, its own policy, the kit's CDN files. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.map': 'application/json',
};

/** The strictest policy under which the kit promises to work. */
export const STRICT_POLICY: string =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "connect-src 'self' ws:; require-trusted-types-for 'script'";

export type Site = { readonly origin: string; stop(): Promise<void> };

function locate(path: string): string {
  const safe = normalize(path);
  if (safe.startsWith('/kit/')) return join(ROOT, 'dist/cdn', safe.slice('/kit/'.length));
  return join(ROOT, 'test/fixtures/site', safe);
}

/** Serves `test/fixtures/site`, and `dist/cdn` under `/kit/`, on a free port of the loopback. */
export async function startSite(): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    readFile(locate(pathname)).then(
      (body) => {
        response.writeHead(200, {
          'content-type': TYPES[extname(pathname)] ?? 'application/octet-stream',
          'content-security-policy': STRICT_POLICY,
        });
        response.end(body);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections();
        server.close(() => stopped());
      }),
  };
}

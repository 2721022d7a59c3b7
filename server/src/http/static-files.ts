import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { SECURITY_HEADERS } from './reply.js';

/** A folder whose files are served under a prefix, which starts and ends with a slash. */
export type Mount = {
  readonly prefix: string;
  readonly folder: string;
  readonly headers: Readonly<Record<string, string>>;
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Everything that the demo pages need, and nothing else: no inline script or style, no foreign host. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self' ws:",
    "frame-src 'self'",
    "frame-ancestors 'self'",
    "require-trusted-types-for 'script'",
  ].join('; '),
};

/** Pages of other sites load the kit from here, as modules, which needs their browsers' permission. */
export const KIT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
};

type Found = { readonly path: string; readonly mount: Mount };

/** The file that a request path names, or undefined: no dot files, no way out of the folder. */
async function find(mounts: readonly Mount[], path: string): Promise<Found | undefined> {
  const mount = mounts.find(({ prefix }) => path.startsWith(prefix));
  if (!mount) return;
  const segments = path.slice(mount.prefix.length).split('/');
  // One plain alphabet, undecoded, rules out every way to write a dot segment or a separator.
  if (!segments.every((segment) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment))) return;
  try {
    const folder = await realpath(mount.folder);
    const file = await realpath(join(folder, ...segments));
    return file.startsWith(folder + sep) ? { path: file, mount } : undefined;
  } catch {
    return;
  }
}

function isFresh(request: IncomingMessage, etag: string, modified: Date): boolean {
  const match = request.headers['if-none-match'];
  if (match !== undefined)
    return match.split(',').some((tag) => tag.trim() === etag || tag.trim() === '*');
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return Math.floor(modified.getTime() / 1_000) * 1_000 <= since;
}

/** A file as it was when it was read. */
type Kept = { readonly etag: string; readonly modified: Date; readonly bytes: Buffer };

/**
 * Serves files of the mounted folders from memory, which holds those that were asked for: a few
 * megabytes. A download that nobody takes in keeps no file open, and many of one file share its bytes.
 */
export class StaticFiles {
  readonly #mounts: readonly Mount[];
  readonly #kept = new Map<string, Kept>();
  readonly #reading = new Map<string, Promise<Buffer>>();

  constructor(mounts: readonly Mount[]) {
    this.#mounts = mounts;
  }

  /** Serves the file under `path`, and tells whether there was one. */
  async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const found = await find(this.#mounts, path);
    const type = found && TYPES[extname(found.path)];
    const file = type && (await this.#read(found.path));
    if (!file) return false;
    const { etag, modified, bytes } = file;
    const headers = {
      ...SECURITY_HEADERS,
      'cache-control': 'no-cache',
      ...found.mount.headers,
      'content-type': type,
      etag,
      'last-modified': modified.toUTCString(),
    };
    if (isFresh(request, etag, modified)) {
      response.writeHead(304, headers).end();
    } else {
      response.writeHead(200, { ...headers, 'content-length': bytes.length });
      response.end(request.method === 'HEAD' ? undefined : bytes);
    }
    return true;
  }

  async #read(path: string): Promise<Kept | undefined> {
    const stats = await stat(path);
    if (!stats.isFile()) return;
    const etag = `"${stats.mtimeMs.toString(36)}-${stats.size.toString(36)}"`;
    const kept = this.#kept.get(path);
    if (kept?.etag === etag) return kept;
    // A crowd that comes for a file that is not there yet opens it once.
    let reading = this.#reading.get(path);
    if (!reading) {
      reading = readFile(path).finally(() => this.#reading.delete(path));
      this.#reading.set(path, reading);
    }
    const file = { etag, modified: stats.mtime, bytes: await reading };
    this.#kept.set(path, file);
    return file;
  }
}

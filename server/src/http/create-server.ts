import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppKeys } from '../config/app-keys.js';
import type { Core } from '../core/core.js';
import { createBasicAuth } from './access/basic-auth.js';
import { declineUpgrade, wantsSocket } from './sockets/decline-upgrade.js';
import type { Health } from '../operation/health.js';
import type { Log } from '../operation/log.js';
import type { Metrics } from '../operation/metrics.js';
import type { Refusals } from '../operation/refusals.js';
import type { Origins } from './access/origins.js';
import { asImError, errorReply, sendReply } from './reply.js';
import { Router } from './rest/router.js';
import { appRoutes, devRoutes, operatorRoutes } from './rest/routes.js';
import { Sockets } from './sockets/sockets.js';
import { StaticFiles, type Mount } from './static-files.js';
import type { Tokens } from './access/tokens.js';

export type ServerOptions = {
  readonly core: Core;
  readonly keys: AppKeys;
  readonly tokens: Tokens;
  readonly origins: Origins;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly refusals: Refusals;
  readonly mounts: readonly Mount[];
  readonly dev: boolean;
  readonly version: string;
  readonly log: Log;
};

export type ChatServer = {
  readonly http: Server;
  readonly sockets: Sockets;
};

const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // Node looks for late requests this often.
  connectionsCheckingInterval: 1_000,
};

/** Connects HTTP, sockets, routes and files with the core. It does not listen yet. */
export function createServer(options: ServerOptions): ChatServer {
  const { core, tokens, metrics, health, origins, refusals, log, dev, version } = options;
  const context = { core, tokens, metrics, health };
  const refused = metrics.refused;
  const routes = [
    ...appRoutes(context),
    ...operatorRoutes(context),
    ...(dev ? devRoutes(context, version) : []),
  ];
  const router = new Router({
    routes,
    authorize: createBasicAuth(options.keys),
    origins,
    log,
    refused,
  });
  const files = new StaticFiles(options.mounts);
  const sockets = new Sockets({ core, origins, log, refused, refusals });
  const http = createHttpServer(TIMEOUTS, (request, response) => {
    void answer(request, response, router, files).catch((error: unknown) => {
      log.error({ err: error }, 'request failed');
      if (response.headersSent) response.destroy();
      else sendReply(response, errorReply(asImError(error)));
    });
  });
  // Whoever takes in nothing for so long is gone; sockets have a heartbeat instead.
  http.setTimeout(30_000);
  http.on('upgrade', (request: IncomingMessage, network: Duplex, head: Buffer) => {
    if (wantsSocket(request)) sockets.upgrade(request, network, head);
    else declineUpgrade(http, request, network, head);
  });
  http.on('clientError', refuseGarbage);
  return { http, sockets };
}

/** Files first: what is no file is a route, or nothing. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  router: Router,
  files: StaticFiles,
): Promise<void> {
  const { path, query } = splitUrl(request.url ?? '/');
  const page = path === '/' ? (query.has('user') ? '/app.html' : '/index.html') : path;
  const readsFile = request.method === 'GET' || request.method === 'HEAD';
  if (readsFile && (await files.serve(page, request, response))) return;
  await router.answer(request, response, path);
}

function splitUrl(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const start = url.indexOf('?');
  if (start < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, start), query: new URLSearchParams(url.slice(start + 1)) };
}

/** What the parser met, as it is told; anything else is no HTTP. */
const REFUSALS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request has not come in time.'],
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too long.'],
};

function refuseGarbage(error: NodeJS.ErrnoException, network: Duplex): void {
  if (!network.writable) return void network.destroy(error);
  const [status, message] = REFUSALS[error.code ?? ''] ?? ['400 Bad Request', 'This is not HTTP.'];
  const body = JSON.stringify({ error: { code: 'request/invalid', message } });
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\n`;
  network.end(`${head}content-length: ${body.length}\r\n\r\n${body}`);
}

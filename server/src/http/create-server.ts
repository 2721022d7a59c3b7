import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Duplex } from 'node:stream';
import type { AppKeys } from '../config/app-keys.js';
import type { Core } from '../core/core.js';
import { createBasicAuth } from './basic-auth.js';
import type { Health } from '../operation/health.js';
import type { Log } from '../operation/log.js';
import type { Metrics } from '../operation/metrics.js';
import type { Origins } from './origins.js';
import { asImError, errorReply, sendReply } from './reply.js';
import { Router } from './router.js';
import { appRoutes, devRoutes, operatorRoutes } from './routes.js';
import { Sockets } from './sockets.js';
import { serveFile, type Mount } from './static-files.js';
import type { Tokens } from './tokens.js';

export type ServerOptions = {
  readonly core: Core;
  readonly keys: AppKeys;
  readonly tokens: Tokens;
  readonly origins: Origins;
  readonly metrics: Metrics;
  readonly health: Health;
  readonly mounts: readonly Mount[];
  readonly dev: boolean;
  readonly version: string;
  readonly log: Log;
};

export type ChatServer = {
  readonly http: Server;
  readonly sockets: Sockets;
};

/** Connects HTTP, sockets, routes and files with the core. It does not listen yet. */
export function createServer(options: ServerOptions): ChatServer {
  const { core, tokens, metrics, health, origins, log, dev, version } = options;
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
  const sockets = new Sockets({ core, origins, log, refused });
  const http = createHttpServer(
    { headersTimeout: 10_000, requestTimeout: 30_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      void answer(request, response, router, options.mounts).catch((error: unknown) => {
        log.error({ err: error }, 'request failed');
        if (response.headersSent) response.destroy();
        else sendReply(response, errorReply(asImError(error)));
      });
    },
  );
  http.on('upgrade', sockets.upgrade);
  http.on('clientError', refuseGarbage);
  return { http, sockets };
}

/** Files first: what is no file is a route, or nothing. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  router: Router,
  mounts: readonly Mount[],
): Promise<void> {
  const { path, query } = splitUrl(request.url ?? '/');
  const page = path === '/' ? (query.has('user') ? '/app.html' : '/index.html') : path;
  const readsFile = request.method === 'GET' || request.method === 'HEAD';
  if (readsFile && (await serveFile(mounts, page, request, response))) return;
  await router.answer(request, response, path);
}

function splitUrl(url: string): { readonly path: string; readonly query: URLSearchParams } {
  const start = url.indexOf('?');
  if (start < 0) return { path: url, query: new URLSearchParams() };
  return { path: url.slice(0, start), query: new URLSearchParams(url.slice(start + 1)) };
}

function refuseGarbage(error: Error, network: Duplex): void {
  if (!network.writable) return void network.destroy(error);
  const body = JSON.stringify({ error: { code: 'request/invalid', message: 'This is not HTTP.' } });
  const head = `HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-type: application/json\r\n`;
  network.end(`${head}content-length: ${body.length}\r\n\r\n${body}`);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ImError } from '../../../../src/protocol/im-error.js';
import { asImError, errorReply, sendReply, type Reply } from '../reply.js';
import { Fields, readFields } from './request-body.js';
import type { Log } from '../../operation/log.js';
import type { Origins } from '../access/origins.js';

/** `app`: the site's back end, by AppID and secret. `open`: everybody who reaches the server. */
export type Access = 'app' | 'open';

export type RouteRequest = {
  readonly params: Readonly<Record<string, string>>;
  /** Empty for GET. */
  readonly fields: Fields;
};

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Segments after a colon are parameters. */
  readonly path: string;
  readonly access: Access;
  readonly handle: (request: RouteRequest) => Promise<Reply>;
};

export type RouterOptions = {
  readonly routes: readonly Route[];
  readonly authorize: (header: string | undefined) => void;
  readonly origins: Origins;
  readonly log: Log;
  readonly refused: (code: string) => void;
};

type Match = { readonly route: Route; readonly params: Record<string, string> };

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) params[segment.slice(1)] = decodeSegment(value);
    else if (segment !== value) return;
  }
  return params;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new ImError('request/invalid', 'The address is not well formed.', {
      field: 'path',
      cause,
    });
  }
}

function noSuchRoute(request: string, others: readonly Match[]): Reply {
  const reply = errorReply(
    new ImError('request/not-found', `There is no ${request.slice(0, 200)}.`),
  );
  if (others.length === 0) return reply;
  return {
    ...reply,
    status: 405,
    headers: { allow: others.map(({ route }) => route.method).join(', ') },
  };
}

/** Answers requests by the route table. */
export class Router {
  readonly #options: RouterOptions;

  constructor(options: RouterOptions) {
    this.#options = options;
  }

  async answer(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const startedAt = performance.now();
    const reply = await this.#reply(request, path).catch((error: unknown) => this.#refuse(error));
    // What was not read cannot be told from the next request.
    if (!request.complete) response.shouldKeepAlive = false;
    sendReply(response, reply);
    const ms = Math.round(performance.now() - startedAt);
    this.#options.log.debug({ method: request.method, path, status: reply.status, ms }, 'request');
  }

  async #reply(request: IncomingMessage, path: string): Promise<Reply> {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const matches = this.#matches(path);
    const match = matches.find(({ route }) => route.method === method);
    if (!match) return noSuchRoute(`${method} ${path}`, matches);
    const { route, params } = match;
    if (route.access === 'app') this.#options.authorize(request.headers.authorization);
    if (route.method === 'GET') return route.handle({ params, fields: new Fields({}) });
    if (!this.#options.origins.allows(request.headers.origin)) {
      throw new ImError('auth/forbidden-origin', 'Pages of this origin may not do this.');
    }
    return route.handle({ params, fields: await readFields(request) });
  }

  #matches(path: string): Match[] {
    return this.#options.routes.flatMap((route) => {
      const params = matchPath(route.path, path);
      return params ? [{ route, params }] : [];
    });
  }

  #refuse(error: unknown): Reply {
    const known = asImError(error);
    if (known.code === 'server/internal') this.#options.log.error({ err: error }, 'request failed');
    this.#options.refused(known.code);
    return errorReply(known);
  }
}

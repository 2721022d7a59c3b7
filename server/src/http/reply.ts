import type { ServerResponse } from 'node:http';
import { ImError, type ImErrorCode } from '../../../src/protocol/im-error.js';

/** What a handler answers. */
export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
} & ({ readonly json: unknown } | { readonly text: string });

/** On every answer, whatever it is. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** Codes that the HTTP side can meet; any other is a fault of the server. */
const STATUSES: { readonly [C in ImErrorCode]?: number } = {
  'auth/forbidden-origin': 403,
  'auth/required': 401,
  'auth/token-expired': 401,
  'auth/token-invalid': 401,
  'auth/token-revoked': 401,
  'conversation/not-found': 404,
  'device/not-found': 404,
  'message/counter': 409,
  'message/empty': 400,
  'message/id-reused': 409,
  'message/too-large': 413,
  'protocol/bad-frame': 400,
  'protocol/too-large': 413,
  'protocol/too-many-requests': 429,
  'protocol/unsupported-version': 400,
  'request/invalid': 400,
  'request/not-found': 404,
  'request/rate-limited': 429,
  'server/shutting-down': 503,
  'server/store-unavailable': 503,
  'user/not-found': 404,
};

export function statusOf(code: ImErrorCode): number {
  return STATUSES[code] ?? 500;
}

/** The error as the outside may know it: unknown faults keep their details for the log. */
export function asImError(error: unknown): ImError {
  if (error instanceof ImError) return error;
  return new ImError('server/internal', 'The server met a fault; its log says more.', {
    cause: error,
  });
}

export function errorJson({ code, message, field }: ImError): { readonly error: object } {
  return { error: { code, message, field } };
}

export function errorReply(error: ImError): Reply {
  const headers: Record<string, string> = {};
  if (error.code === 'auth/required')
    headers['www-authenticate'] = 'Basic realm="im-kit", charset="UTF-8"';
  if (error.retryAfterMs !== undefined)
    headers['retry-after'] = String(Math.ceil(error.retryAfterMs / 1_000));
  return { status: statusOf(error.code), headers, json: errorJson(error) };
}

export function sendReply(response: ServerResponse, reply: Reply): void {
  const isText = 'text' in reply;
  const payload = Buffer.from(isText ? reply.text : `${JSON.stringify(reply.json)}\n`);
  response.writeHead(reply.status, {
    ...SECURITY_HEADERS,
    'cache-control': 'no-store',
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8',
    'content-length': payload.length,
    ...reply.headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : payload);
}

/** Requests to the HTTP interface whose refusals a test wants to see. */
import assert from 'node:assert/strict';
import type { TestServer } from './start-server.js';

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly error?: { code: string; message: string; field?: string } } & Record<
    string,
    unknown
  >;
};

export function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

/** Calls a route with AppID and secret, unless `headers` say otherwise. A text goes out as it is. */
export async function call(
  server: TestServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: basic(`${server.appId}:${server.secret}`),
      'content-type': 'application/json',
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const json = (await response.json()) as Answer['body'];
  return { status: response.status, headers: response.headers, body: json };
}

/** Asserts that an answer is this refusal, and says why in words. */
export async function refuses(
  answer: Promise<Answer>,
  status: number,
  code: string,
  field?: string,
): Promise<void> {
  const { status: given, body } = await answer;
  assert.deepEqual(
    [given, body.error?.code, body.error?.field],
    [status, code, field],
    JSON.stringify(body),
  );
  assert.ok(body.error?.message);
}

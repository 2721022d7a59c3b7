/** Who may call what, and what every answer has in common. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { basic, call, refuses, type Answer } from '../../../../test/helpers/call.js';
import { RawPeer } from '../../../../test/helpers/raw-peer.js';
import { startServer, type TestServer } from '../../../../test/helpers/start-server.js';

let server: TestServer;

before(async () => {
  server = await startServer({
    flags: ['--log-level', 'trace', '--origin', 'https://shop.example'],
  });
  for (const id of ['alice', 'bob', 'lin']) {
    await server.rest('PUT', `/v1/users/${id}`, { name: id });
  }
});

after(() => server.stop());

describe('who may call', () => {
  const wrong = [
    '',
    'Basic',
    'Basic !!!',
    'Bearer abc',
    basic('test-app'),
    basic('test-app:'),
    basic('test-app:wrong'),
    basic('other-app:a-secret-that-only-the-tests-know'),
    basic('test-app:a-secret-that-only-the-tests-know '),
  ];
  for (const authorization of wrong) {
    test(`"${authorization}" is turned away, on every route`, async () => {
      for (const [method, path] of [
        ['PUT', '/v1/users/alice'],
        ['GET', '/v1/users/alice'],
        ['POST', '/v1/conversations'],
        ['POST', '/v1/conversations/c2c:alice:bob/messages'],
        ['POST', '/v1/tokens'],
      ] as const) {
        const answer = await call(server, method, path, method === 'GET' ? undefined : {}, {
          authorization,
        });
        assert.deepEqual([answer.status, answer.body.error?.code], [401, 'auth/required']);
        assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic /);
      }
    });
  }

  test('a page of a foreign origin is turned away even with the secret', async () => {
    const put = (origin: string): Promise<Answer> =>
      call(server, 'PUT', '/v1/users/alice', { name: 'alice' }, { origin });
    await refuses(put('https://evil.example'), 403, 'auth/forbidden-origin');
    await refuses(put('null'), 403, 'auth/forbidden-origin');
    assert.equal((await put('https://shop.example')).status, 200);
  });

  test('a body that a foreign form could send is refused', () =>
    refuses(
      call(server, 'POST', '/v1/tokens', '{}', { 'content-type': 'text/plain' }),
      400,
      'request/invalid',
      'content-type',
    ));
});

describe('everything else', () => {
  test('an unknown path is 404, a known one by another method 405', async () => {
    await refuses(call(server, 'GET', '/v1/nothing'), 404, 'request/not-found');
    await refuses(call(server, 'GET', '/'), 404, 'request/not-found');
    const deleted = await call(server, 'DELETE', '/v1/users/alice');
    assert.deepEqual([deleted.status, deleted.headers.get('allow')], [405, 'PUT, GET']);
  });

  test('a body over the limit is refused, and the server goes on', async () => {
    await refuses(
      call(server, 'PUT', '/v1/users/alice', { name: 'x'.repeat(300_000) }),
      413,
      'protocol/too-large',
    );
    assert.equal((await call(server, 'GET', '/v1/users/alice')).status, 200);
  });

  test('every answer forbids guessing, framing and referrers', async () => {
    for (const path of ['/healthz', '/metrics', '/v1/users/nobody', '/nothing']) {
      const { headers } = await fetch(server.url + path);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    }
  });

  test('health tells the store, the version and the time since the start', async () => {
    const { status, body } = await call(server, 'GET', '/healthz');
    assert.equal(status, 200);
    assert.deepEqual([body['status'], body['store']], ['ok', 'ok']);
    assert.equal((await fetch(`${server.url}/healthz`, { method: 'HEAD' })).status, 200);
  });

  test('metrics count messages, sockets and refusals by code', async () => {
    const alice = await RawPeer.open(server.url, await server.token('alice'));
    await call(server, 'POST', '/v1/conversations/c2c:alice:bob/messages', {
      sender: 'alice',
      kind: 'text',
      body: { text: 'counted' },
    });
    await call(server, 'GET', '/v1/users/nobody');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const figure = (name: string): number =>
      Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    assert.ok(figure('im_messages_total') >= 1, text);
    assert.ok(figure('im_commits_total') >= 1);
    assert.ok(figure('im_sockets') >= 1 && figure('im_sessions') >= 1);
    assert.ok(figure('im_refusals_total{code="user/not-found"}') >= 1);
    assert.ok(figure('nodejs_eventloop_lag_seconds') >= 0);
    alice.close();
  });

  test('the log of all that names no secret, no token and no word of a message', async () => {
    const token = await server.token('alice');
    const alice = await RawPeer.open(server.url, token);
    const body = { text: 'a-word-of-a-message' };
    const n = 0;
    await alice.request('ack', {
      type: 'send',
      conversation: 'c2c:alice:bob',
      clientId: 'quiet',
      n,
      kind: 'text',
      body,
    });
    await call(server, 'POST', '/v1/conversations/c2c:alice:bob/messages', {
      sender: 'bob',
      kind: 'text',
      body,
    });
    await call(server, 'PUT', '/v1/users/alice', '{"name": a-word-of-a-message}');
    const { body: made } = await call(server, 'POST', '/v1/tokens', {
      userId: 'alice',
      ttlSeconds: 60,
    });
    alice.close();
    assert.match(server.output, /"session-open"/);
    assert.match(server.output, /"path":"\/v1\/tokens"/);
    for (const secret of [
      server.secret,
      token,
      String(made['token']),
      'a-word-of-a-message',
      basic('test'),
    ]) {
      assert.ok(!server.output.includes(secret), `${secret} is in the log`);
    }
  });
});

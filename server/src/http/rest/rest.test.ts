/** What the back end of a site may do, and every refusal, on a real server. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { call, refuses, type Answer } from '../../../../test/helpers/call.js';
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

describe('people', () => {
  test('a profile is written, replaced and read', async () => {
    const lin = { name: 'Lin Jia 林佳', avatarUrl: 'https://shop.example/lin.png' };
    const put = await call(server, 'PUT', '/v1/users/lin', lin);
    assert.deepEqual([put.status, put.body], [200, { id: 'lin', ...lin }]);
    assert.deepEqual((await call(server, 'GET', '/v1/users/lin')).body, { id: 'lin', ...lin });
    await call(server, 'PUT', '/v1/users/lin', { name: '林佳' });
    assert.deepEqual((await call(server, 'GET', '/v1/users/lin')).body, {
      id: 'lin',
      name: '林佳',
    });
  });

  test('an id may be escaped in the address', async () => {
    assert.equal(
      (await call(server, 'PUT', '/v1/users/mara%40shop', { name: 'Mara' })).body['id'],
      'mara@shop',
    );
  });

  test('nobody of that id is 404', () =>
    refuses(call(server, 'GET', '/v1/users/nobody'), 404, 'user/not-found'));

  const wrong: Readonly<Record<string, readonly [string, unknown, string]>> = {
    'a name of 10,000 characters': ['/v1/users/alice', { name: 'x'.repeat(10_000) }, 'name'],
    'a name of spaces': ['/v1/users/alice', { name: '   ' }, 'name'],
    'a name that is no text': ['/v1/users/alice', { name: 7 }, 'name'],
    'a name with NUL': ['/v1/users/alice', { name: 'Alice\0' }, 'name'],
    'a name with half of a surrogate pair': ['/v1/users/alice', { name: 'A\ud83d' }, 'name'],
    'no name': ['/v1/users/alice', {}, 'name'],
    'a picture that is a script': [
      '/v1/users/alice',
      { name: 'A', avatarUrl: 'javascript:1' },
      'avatarUrl',
    ],
    'a picture with NUL in its address': [
      '/v1/users/alice',
      { name: 'A', avatarUrl: 'https://shop.example/\0' },
      'avatarUrl',
    ],
    'an id that cannot be': ['/v1/users/a%20b', { name: 'A' }, 'id'],
    'an address that cannot be decoded': ['/v1/users/%ff', { name: 'A' }, 'path'],
    'a list': ['/v1/users/alice', [], 'body'],
    'no JSON': ['/v1/users/alice', '{"name":', 'body'],
  };
  for (const [what, [path, body, field]] of Object.entries(wrong)) {
    test(`${what} is refused by field`, () =>
      refuses(call(server, 'PUT', path, body), 400, 'request/invalid', field));
  }
});

describe('conversations', () => {
  test('a group is made, and its members hear of it', async () => {
    const alice = await RawPeer.open(server.url, await server.token('alice'));
    const group = {
      kind: 'group',
      id: 'group:firing',
      name: 'Autumn firing 秋窑',
      members: ['alice', 'bob'],
    };
    const made = await call(server, 'POST', '/v1/conversations', group);
    assert.deepEqual([made.status, made.body], [201, { id: 'group:firing' }]);
    const head = await alice.next(({ type }) => type === 'head');
    assert.ok(head.type === 'head' && head.head.name === group.name);
    await refuses(call(server, 'POST', '/v1/conversations', group), 400, 'request/invalid', 'id');
    alice.close();
  });

  test('a group without an id gets one', async () => {
    const { body } = await call(server, 'POST', '/v1/conversations', {
      kind: 'group',
      name: 'G',
      members: ['lin'],
    });
    assert.match(String(body['id']), /^group:[A-Za-z0-9_-]{22}$/);
  });

  test('a pair is made once and found again, in either order', async () => {
    const make = (members: string[]): Promise<Answer> =>
      call(server, 'POST', '/v1/conversations', { kind: 'c2c', members });
    assert.deepEqual((await make(['bob', 'alice'])).body, { id: 'c2c:alice:bob' });
    assert.deepEqual((await make(['alice', 'bob'])).body, { id: 'c2c:alice:bob' });
  });

  test('a message of the back end reaches the members', async () => {
    await call(server, 'POST', '/v1/conversations', { kind: 'c2c', members: ['alice', 'lin'] });
    const lin = await RawPeer.open(server.url, await server.token('lin'));
    const message = { sender: 'alice', kind: 'text', body: { text: '窑开了' } };
    const { status, body } = await call(
      server,
      'POST',
      '/v1/conversations/c2c:alice:lin/messages',
      message,
    );
    assert.deepEqual([status, body], [201, { seq: 1 }]);
    const events = await lin.next(({ type }) => type === 'events');
    assert.ok(events.type === 'events');
    assert.deepEqual(events.events[0]?.body, { text: '窑开了' });
    lin.close();
  });

  const wrong: Readonly<Record<string, readonly [object, number, string, string?]>> = {
    'an unknown kind': [{ kind: 'channel', members: ['alice'] }, 400, 'request/invalid', 'kind'],
    'a pair of one': [{ kind: 'c2c', members: ['alice'] }, 400, 'request/invalid', 'members'],
    'a pair of three': [
      { kind: 'c2c', members: ['alice', 'bob', 'lin'] },
      400,
      'request/invalid',
      'members',
    ],
    'a pair with oneself': [
      { kind: 'c2c', members: ['bob', 'bob'] },
      400,
      'request/invalid',
      'members',
    ],
    'a pair with nobody': [
      { kind: 'c2c', members: ['alice', 'nobody'] },
      404,
      'user/not-found',
      'members',
    ],
    'members that are no list': [
      { kind: 'group', name: 'G', members: 'alice' },
      400,
      'request/invalid',
      'members',
    ],
    'a group of nobody': [
      { kind: 'group', name: 'G', members: [] },
      400,
      'request/invalid',
      'members',
    ],
    'a group without a name': [
      { kind: 'group', members: ['alice'] },
      400,
      'request/invalid',
      'name',
    ],
    'a group with a wrong id': [
      { kind: 'group', id: 'x', name: 'G', members: ['alice'] },
      400,
      'request/invalid',
      'id',
    ],
  };
  for (const [what, [body, status, code, field]] of Object.entries(wrong)) {
    test(`${what} is refused`, () =>
      refuses(call(server, 'POST', '/v1/conversations', body), status, code, field));
  }

  const path = '/v1/conversations/c2c:alice:bob/messages';
  const text = { sender: 'alice', kind: 'text', body: { text: 'Hello' } };

  test('a message to nowhere, or by somebody else, is 404 alike', async () => {
    await refuses(
      call(server, 'POST', '/v1/conversations/group:none/messages', text),
      404,
      'conversation/not-found',
    );
    await refuses(
      call(server, 'POST', path, { ...text, sender: 'lin' }),
      404,
      'conversation/not-found',
    );
  });

  test('a message that no client could read is refused by field', async () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    const post = (kind: string, body: string): Promise<Answer> =>
      call(
        server,
        'POST',
        path,
        `{"sender":"alice","kind":${JSON.stringify(kind)},"body":${body}}`,
      );
    for (const kind of ['', 'k'.repeat(10_000), 'system\0', 'text\0', '\ud800', 'two words']) {
      await refuses(post(kind, '{"text":"Hello"}'), 400, 'request/invalid', 'kind');
    }
    for (const levels of [17, 3_000, 30_000]) {
      await refuses(post('poll', nested(levels)), 400, 'request/invalid', 'body');
    }
    const zeros = `[${'1e20,'.repeat(13_000)}0]`;
    await refuses(post('poll', zeros), 413, 'message/too-large', 'body');
    assert.equal((await post('poll', nested(16))).status, 201);
  });

  test('a message without a body, or with an empty or endless text, is refused', async () => {
    await refuses(
      call(server, 'POST', path, { sender: 'alice', kind: 'text' }),
      400,
      'request/invalid',
      'body',
    );
    await refuses(
      call(server, 'POST', path, { ...text, body: { text: ' ' } }),
      400,
      'message/empty',
      'body',
    );
    await refuses(
      call(server, 'POST', path, { ...text, body: { text: 'x'.repeat(10_001) } }),
      413,
      'message/too-large',
      'body',
    );
  });
});

describe('tokens', () => {
  test('a token for a known person opens a socket', async () => {
    const { status, body } = await call(server, 'POST', '/v1/tokens', {
      userId: 'alice',
      ttlSeconds: 60,
    });
    assert.equal(status, 200);
    assert.ok(Number(body['expiresAt']) <= Date.now() + 61_000);
    (await RawPeer.open(server.url, String(body['token']))).close();
  });

  test('a token for nobody, or for no time, is refused', async () => {
    await refuses(
      call(server, 'POST', '/v1/tokens', { userId: 'nobody', ttlSeconds: 60 }),
      404,
      'user/not-found',
    );
    await refuses(
      call(server, 'POST', '/v1/tokens', { userId: 'a b', ttlSeconds: 60 }),
      400,
      'request/invalid',
      'userId',
    );
    for (const ttlSeconds of [0, -1, 1.5, '60', 99_999_999, undefined]) {
      await refuses(
        call(server, 'POST', '/v1/tokens', { userId: 'alice', ttlSeconds }),
        400,
        'request/invalid',
        'ttlSeconds',
      );
    }
  });

  test('signing in without a secret needs --dev', () =>
    refuses(call(server, 'POST', '/dev/token', { userId: 'alice' }), 404, 'request/not-found'));
});

/** Who gets a socket. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, test } from 'node:test';
import { SUBPROTOCOL } from '../../../../src/protocol/version.js';
import { startServer, type TestServer } from '../../../../test/helpers/start-server.js';

let server: TestServer;

before(async () => {
  server = await startServer({
    flags: '--dev --origin https://shop.example --origin http://10.0.0.5:8080'.split(' '),
  });
});

after(() => server.stop());

type Upgrade = { readonly status: number; readonly code: string | undefined };

type Wish = {
  readonly path?: string;
  readonly origin?: string | undefined;
  readonly protocol?: string | undefined;
};

/** Asks for a socket by hand, so that every header can be anything. */
function upgrade({ path = '/v1/socket', origin, protocol = SUBPROTOCOL }: Wish): Promise<Upgrade> {
  return new Promise((resolve, reject) => {
    const lines = [
      `GET ${path} HTTP/1.1`,
      'host: x',
      'connection: Upgrade',
      'upgrade: websocket',
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ...(protocol === '' ? [] : [`sec-websocket-protocol: ${protocol}`]),
      ...(origin === undefined ? [] : [`origin: ${origin}`]),
    ];
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    });
    let text = '';
    const done = (): void => {
      socket.destroy();
      resolve({
        status: Number(text.slice(9, 12)),
        code: /"code":"([^"]+)"/.exec(text)?.[1],
      });
    };
    socket.setEncoding('utf8').on('data', (data: string) => {
      text += data;
      if (text.startsWith('HTTP/1.1 101')) done();
    });
    socket.on('end', done).on('error', reject);
  });
}

/** Writes `text`, and gives all that comes back until the end. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8').on('data', (data: string) => (answer += data));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('an origin', () => {
  const own = (): string => server.url;
  const allowed: Readonly<Record<string, () => string | undefined>> = {
    'that is listed': () => 'https://shop.example',
    'that is listed with a port': () => 'http://10.0.0.5:8080',
    'of the server itself': own,
    'of the server itself by name': () => `http://localhost:${server.port}`,
    'of the server itself by IPv6': () => `http://[::1]:${server.port}`,
    'that is missing, as from a bot': () => undefined,
  };
  for (const [what, origin] of Object.entries(allowed)) {
    test(`${what} may connect`, async () => {
      assert.deepEqual(await upgrade({ origin: origin() }), { status: 101, code: undefined });
    });
  }

  test('of the server itself on another address of loopback may connect', async () => {
    const other = await startServer({ flags: ['--dev', '--host', '127.0.0.2'] });
    const page = `http://127.0.0.2:${other.port}`;
    const answer = await fetch(`${page}/dev/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: page },
      body: JSON.stringify({ userId: 'alice' }),
    });
    assert.equal(answer.status, 200);
    await other.stop();
  });

  const foreign: readonly (string | (() => string))[] = [
    'null',
    '',
    '*',
    'http://shop.example',
    'https://shop.example:443',
    'https://shop.example:8443',
    'https://shop.example/',
    'https://shop.example/page',
    'https://shop.example.',
    'https://SHOP.example',
    'HTTPS://shop.example',
    'https://www.shop.example',
    'https://notshop.example',
    'https://shop.example.evil.example',
    'https://evil.example/https://shop.example',
    'https://evil.example#https://shop.example',
    'https://shop.example@evil.example',
    'https://evil.example?https://shop.example',
    'https://shop.example https://evil.example',
    'https://shop.example, https://evil.example',
    'https://shop_example',
    'https://shop.exampl',
    'https://sh0p.example',
    'https://xn--shp-hna.example',
    'https://shоp.example',
    'ws://shop.example',
    'file://',
    'chrome-extension://abcdef',
    'http://10.0.0.5',
    'http://10.0.0.5:8081',
    'https://10.0.0.5:8080',
    'http://10.0.0.50:8080',
    'http://127.0.0.1',
    'http://localhost',
    (): string => `https://127.0.0.1:${server.port}`,
    (): string => `http://127.0.0.1:${server.port + 1}`,
    (): string => `http://127.0.0.2:${server.port}`,
    (): string => `http://localhost.evil.example:${server.port}`,
    (): string => `http://127.0.0.1.evil.example:${server.port}`,
    (): string => `http://0.0.0.0:${server.port}`,
    (): string => `http://2130706433:${server.port}`,
    (): string => `http://127.1:${server.port}`,
    (): string => `http://localhost:${server.port}/`,
  ];
  test(`of ${foreign.length} foreign kinds is refused with 403 and a code`, async () => {
    for (const entry of foreign) {
      const origin = typeof entry === 'string' ? entry : entry();
      assert.deepEqual(
        await upgrade({ origin }),
        { status: 403, code: 'auth/forbidden-origin' },
        `origin "${origin}"`,
      );
    }
  });
});

describe('an upgrade', () => {
  test('elsewhere is 404', async () => {
    for (const path of ['/', '/v1/socket/', '/v1/socketx', '/socket']) {
      assert.deepEqual(await upgrade({ path }), { status: 404, code: 'request/not-found' }, path);
    }
  });

  test('needs the subprotocol, which may stand among others', async () => {
    const refused = { status: 400, code: 'protocol/unsupported-version' };
    for (const protocol of ['', 'im.v2.json', 'im.v1', 'xim.v1.json']) {
      assert.deepEqual(await upgrade({ protocol }), refused, protocol);
    }
    assert.equal((await upgrade({ protocol: `im.v2.cbor, ${SUBPROTOCOL}` })).status, 101);
  });

  test('to another protocol is declined, and the request answered', async () => {
    const offer =
      'connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n';
    const health = await exchange(`GET /healthz HTTP/1.1\r\nhost: x\r\n${offer}\r\n`);
    assert.match(health, /^HTTP\/1\.1 200 .*"status":"ok"/s);
    const body = JSON.stringify({ name: 'Mara 玛拉' });
    const key = Buffer.from(`${server.appId}:${server.secret}`).toString('base64');
    const put = await exchange(
      `PUT /v1/users/mara HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${key}\r\n${offer}` +
        `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
    assert.match(put, /^HTTP\/1\.1 200 .*玛拉/s);
    const nowhere = await exchange(`GET /v1/nowhere HTTP/1.1\r\nhost: x\r\n${offer}\r\n`);
    assert.match(nowhere, /^HTTP\/1\.1 404 .*"code":"request\/not-found"/s);
  });

  test('answers garbage on the port with 400', async () => {
    const answer = await exchange('\x16\x03\x01garbage\r\n\r\n');
    assert.match(answer, /^HTTP\/1\.1 400 .*"code":"request\/invalid"/s);
  });

  test('answers headers without an end with 431', async () => {
    const answer = await exchange(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 431 .*The headers are too long/s);
  });

  test('answers headers that do not come in time with 408', async () => {
    const startedAt = performance.now();
    const answer = await exchange('GET / HTTP/1.1\r\nhost: x\r\n');
    assert.match(answer, /^HTTP\/1\.1 408 .*not come in time/s);
    const waitedMs = performance.now() - startedAt;
    assert.ok(waitedMs > 9_500 && waitedMs < 13_000, `${waitedMs} ms`);
  });
});

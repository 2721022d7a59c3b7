import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, type AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startServer, type TestServer } from '../../../test/helpers/start-server.js';
import { KIT_HEADERS, PAGE_HEADERS, StaticFiles } from './static-files.js';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; " +
  "connect-src 'self' ws:; frame-src 'self'; frame-ancestors 'self'; require-trusted-types-for 'script'";

/** A request whose path nobody tidies up on the way. */
function raw(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    });
    let text = '';
    socket.setEncoding('utf8').on('data', (data: string) => (text += data));
    socket.on('end', () => resolve(text)).on('error', reject);
  });
}

describe('static files', () => {
  let top: string;
  let http: Server;
  let port: number;

  before(async () => {
    top = await mkdtemp(join(tmpdir(), 'im-kit-files-'));
    const folder = join(top, 'public');
    await mkdir(join(folder, 'kit'), { recursive: true });
    await mkdir(join(top, 'public-but-not'));
    await writeFile(join(top, 'secret.json'), 'TOP SECRET');
    await writeFile(join(top, 'public-but-not/a.js'), 'TOP SECRET');
    await writeFile(join(folder, '.env.json'), 'TOP SECRET');
    await writeFile(join(folder, 'plain'), 'TOP SECRET: no type');
    await writeFile(join(folder, 'page.html'), '<!doctype html>');
    await writeFile(join(folder, 'kit/kit.js'), 'export {};');
    await symlink(join(top, 'secret.json'), join(folder, 'link.json'));
    const files = new StaticFiles([
      { prefix: '/kit/', folder: join(folder, 'kit'), headers: KIT_HEADERS },
      { prefix: '/', folder, headers: PAGE_HEADERS },
    ]);
    http = createServer((request, response) => {
      void files.serve(request.url ?? '', request, response).then((found) => {
        if (!found) response.writeHead(404).end('NO FILE');
      });
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    ({ port } = http.address() as AddressInfo);
  });

  after(async () => {
    http.close();
    http.closeAllConnections();
    await rm(top, { recursive: true });
  });

  const outside = [
    '/../secret.json',
    '/kit/../../secret.json',
    '/kit/../page.html',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/%2e%2e%2fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/....//secret.json',
    '//secret.json',
    '/./page.html',
    '/../public-but-not/a.js',
    '/link.json',
    '/.env.json',
    '/plain',
    '/page.html%00.js',
    '/page.html/',
    '/kit',
    '/kit/',
    '/%ff',
    '/etc/passwd',
    '/page.html;.js',
  ];
  for (const path of outside) {
    test(`has no file for ${path}`, async () => {
      const answer = await raw(port, path);
      assert.match(answer, /^HTTP\/1\.1 404 /);
      assert.ok(!answer.includes('TOP SECRET'), answer);
    });
  }

  test('gives a file with its type, its length and its policy', async () => {
    const page = await fetch(`http://127.0.0.1:${port}/page.html`);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(page.headers.get('content-length'), '15');
    assert.equal(page.headers.get('content-security-policy'), POLICY);
    assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(await page.text(), '<!doctype html>');
  });

  test('lets every site load the kit, and only the kit', async () => {
    const kit = await fetch(`http://127.0.0.1:${port}/kit/kit.js`);
    assert.equal(kit.headers.get('content-type'), 'text/javascript; charset=utf-8');
    assert.equal(kit.headers.get('access-control-allow-origin'), '*');
    const page = await fetch(`http://127.0.0.1:${port}/page.html`);
    assert.equal(page.headers.get('access-control-allow-origin'), null);
  });

  test('sends nothing again that the browser has already', async () => {
    const url = `http://127.0.0.1:${port}/page.html`;
    const { headers } = await fetch(url);
    const etag = headers.get('etag') ?? '';
    const modified = headers.get('last-modified') ?? '';
    const status = async (given: Record<string, string>): Promise<number> =>
      (await fetch(url, { headers: given })).status;
    assert.equal(await status({ 'if-none-match': etag }), 304);
    assert.equal(await status({ 'if-none-match': `"other", ${etag}` }), 304);
    assert.equal(await status({ 'if-modified-since': modified }), 304);
    assert.equal(await status({ 'if-none-match': '"other"', 'if-modified-since': modified }), 200);
    assert.equal(await status({ 'if-modified-since': new Date(0).toUTCString() }), 200);
    await writeFile(join(top, 'public/page.html'), '<!doctype html><p>');
    assert.equal(await status({ 'if-none-match': etag }), 200);
  });

  test('keeps no file open for downloads that nobody takes in', async () => {
    const path = join(top, 'public/large.js');
    await writeFile(path, Buffer.alloc(16_777_216, 'x'));
    const readers = Array.from({ length: 10 }, () => {
      const reader = connect(port, '127.0.0.1').pause();
      reader.write('GET /large.js HTTP/1.1\r\nhost: x\r\n\r\n');
      return reader;
    });
    await Promise.all(
      readers.map((reader) => new Promise((come) => reader.once('readable', come))),
    );
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(
      names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
    );
    for (const reader of readers) reader.destroy();
    assert.ok(!targets.includes(path), 'it is open');
  });

  test('answers HEAD without the file', async () => {
    const head = await fetch(`http://127.0.0.1:${port}/kit/kit.js`, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '10']);
    assert.equal(await head.text(), '');
  });
});

describe('a connection', () => {
  test('that is given up, up or down, is no fault of the server', async () => {
    const server = await startServer({ flags: ['--dev'] });
    for (let count = 0; count < 10; count++) {
      const reader = connect(server.port, '127.0.0.1');
      reader.write('GET /demo/shop.css HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(20));
      await new Promise((come) => reader.once('data', come));
      reader.resetAndDestroy();
    }
    const sender = connect(server.port, '127.0.0.1');
    sender.write(
      'POST /dev/token HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n' +
        'expect: 100-continue\r\ncontent-length: 100\r\n\r\n{',
    );
    await new Promise((come) => sender.once('data', come));
    sender.resetAndDestroy();
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.doesNotMatch(server.output, /"level":"error"/);
    await server.stop();
  });
});

describe('the demo pages', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer({ flags: ['--dev'] });
  });

  after(() => server.stop());

  for (const path of ['/', '/?user=alice', '/embed.html']) {
    test(`${path} has the strict policy, and nothing inline that it would forbid`, async () => {
      const response = await fetch(server.url + path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-security-policy'), POLICY);
      const page = await response.text();
      assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
      for (const [, file] of page.matchAll(/(?:src|href)="(\/demo\/[^"]+)"/g)) {
        assert.equal((await fetch(`${server.url}${file}`)).status, 200, file);
      }
    });
  }

  test('one person’s page is another than the stage with two', async () => {
    const [stage, app] = await Promise.all(
      ['/', '/?user=alice'].map(async (path) => (await fetch(server.url + path)).text()),
    );
    assert.equal(stage?.match(/<iframe/g)?.length, 2);
    assert.doesNotMatch(app ?? '', /<iframe/);
  });

  test('sign a demo person in, from their own origin only', async () => {
    const sign = (origin: string | undefined, userId: string): Promise<Response> =>
      fetch(`${server.url}/dev/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(origin && { origin }) },
        body: JSON.stringify({ userId }),
      });
    assert.equal((await sign(server.url, 'alice')).status, 200);
    assert.equal((await sign(`http://localhost:${server.port}`, 'bob')).status, 200);
    assert.equal((await sign(server.url, 'nobody')).status, 404);
    assert.equal((await sign('https://evil.example', 'alice')).status, 403);
    assert.equal((await sign(`http://127.0.0.1:${server.port + 1}`, 'alice')).status, 403);
  });
});

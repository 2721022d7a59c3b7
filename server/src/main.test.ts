/** The command as a person meets it: real processes, real folders, real signals. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'libsql';
import { c2cId } from '../../src/protocol/ids.js';
import { RawPeer } from '../../test/helpers/raw-peer.js';
import { cleanEnvironment, startServer, type TestServer } from '../../test/helpers/start-server.js';
import { openSqliteStore } from './store/open-sqlite-store.js';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const PAIR = c2cId('alice', 'bob');

type End = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs the command until it ends by itself. */
function end(argv: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...argv], {
      env: { ...cleanEnvironment(), ...env },
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

async function madeFolder(path: string): Promise<string> {
  await mkdir(path);
  return path;
}

async function occupy(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('im-kit-server', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'im-kit-main-'));
  });

  after(() => rm(folder, { recursive: true }));

  test('prints its help and its version', async () => {
    const [help, version] = await Promise.all([end(['--help']), end(['--version'])]);
    assert.equal(help.code, 0);
    assert.match(help.out, /--origin <origin>/);
    assert.deepEqual([version.code, version.err], [0, '']);
    assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
  });

  test('ends with 2 on a wrong setting, and names it', async () => {
    const [flag, variable, dev] = await Promise.all([
      end(['--port', 'abc']),
      end([], { IM_KIT_LOG_LEVEL: 'loud' }),
      end(['--dev', '--host', '0.0.0.0']),
    ]);
    assert.deepEqual([flag.code, variable.code, dev.code], [2, 2, 2]);
    assert.match(flag.err, /--port: "abc" is not allowed\. Allowed: a whole number/);
    assert.match(variable.err, /IM_KIT_LOG_LEVEL: "loud" is not allowed\. Allowed: silent, error/);
    assert.match(dev.err, /--host: "0\.0\.0\.0" is not allowed with --dev/);
  });

  test('ends with 2 when the data folder cannot be written, and names it', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const paths = [file, join(file, 'below'), '/proc/im-kit'];
    const ends = await Promise.all(paths.map((path) => end(['--port', '0', '--data', path])));
    for (const [index, { code, err }] of ends.entries()) {
      assert.equal(code, 2, err);
      assert.ok(err.includes(`--data: "${paths[index]}" cannot be written`), err);
    }
  });

  test('ends with 1 when the port is taken, but with --dev takes the next one and says so', async () => {
    const other = await occupy();
    const { port } = other.address() as AddressInfo;
    const argv = ['--port', String(port), '--data', join(folder, 'port')];
    const refused = await end(argv);
    assert.equal(refused.code, 1);
    assert.match(refused.err, new RegExp(`--port: ${port} on 127\\.0\\.0\\.1 is taken`));
    const server = await startServer({ flags: ['--dev', '--port', String(port)] });
    assert.ok(server.port > port && server.port <= port + 20, `${port}, then ${server.port}`);
    assert.match(server.output, new RegExp(`port ${port} is taken`));
    await server.stop();
    other.close();
  });

  test('shows the secret once, and keeps it for this user alone', async () => {
    const data = join(folder, 'keys');
    const env = { IM_KIT_APP_ID: undefined, IM_KIT_SECRET: undefined };
    const server = await startServer({ data, env });
    const [, secret = ''] = /Secret +(\S+)/.exec(server.output) ?? [];
    assert.ok(secret.length >= 43, server.output);
    assert.equal((await stat(join(data, 'app-keys.json'))).mode & 0o777, 0o600);
    assert.equal((await stat(join(data, 'im-kit.db'))).mode & 0o777, 0o600);
    await server.kill('SIGTERM');
    const shown = server.output.length;
    await server.restart();
    assert.ok(!server.output.slice(shown).includes(secret), 'the secret is shown again');
    await server.stop();
  });

  test('refuses a data folder that another server uses, and leaves that one alone', async () => {
    const server = await startServer();
    const second = await end(['--port', '0', '--data', server.data]);
    assert.equal(second.code, 1);
    assert.ok(
      second.err.includes(`Another server uses the data folder ${server.data}`),
      second.err,
    );
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
    await server.stop();
  });

  test('goes on when its log cannot be written', async () => {
    const file = join(folder, 'unwritable.log');
    await writeFile(file, '');
    const log = await open(file, 'r');
    const argv = ['--port', '0', '--data', join(folder, 'silent'), '--log-level', 'trace'];
    const child = spawn(process.execPath, ['--import', 'tsx', MAIN, ...argv], {
      env: cleanEnvironment(),
      stdio: ['ignore', 'pipe', log.fd],
    });
    const url = await new Promise<string>((resolve, reject) => {
      let out = '';
      child.once('exit', (code) => reject(new Error(`It has ended with ${code}.`)));
      child.stdout?.on('data', (data) => {
        out += String(data);
        const [, found] = /listening on (http:\S+)\n/.exec(out) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    for (let count = 0; count < 3; count++) {
      assert.equal((await fetch(`${url}/healthz`)).status, 200);
    }
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    assert.equal(await ended, 0);
    await log.close();
  });

  test('refuses a database of a newer server, and leaves it as it is', async () => {
    const data = join(folder, 'newer');
    await openSqliteStore(await madeFolder(data)).close();
    const path = join(data, 'im-kit.db');
    let database = new Database(path);
    database.exec('PRAGMA user_version = 7');
    database.close();
    const { code, err } = await end(['--port', '0', '--data', data]);
    assert.equal(code, 2);
    assert.match(err, /--data: im-kit\.db cannot be used: a newer server has written it/);
    database = new Database(path);
    const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
    assert.equal(row.user_version, 7);
    database.close();
  });

  test('ends with 2 when a file of the data folder cannot be used, and names it', async () => {
    const [database, keys, garbage] = ['database', 'folder-keys', 'garbage'].map((name) =>
      join(folder, name),
    ) as [string, string, string];
    await mkdir(join(database, 'im-kit.db'), { recursive: true });
    await mkdir(join(keys, 'app-keys.json'), { recursive: true });
    await mkdir(garbage);
    await writeFile(
      join(garbage, 'im-kit.db'),
      'This is no database, whatever its name.'.repeat(99),
    );
    for (const [data, file] of [
      [database, 'im-kit.db'],
      [keys, 'app-keys.json'],
      [garbage, 'im-kit.db'],
    ] as const) {
      const { code, err } = await end(['--port', '0', '--data', data]);
      assert.equal(code, 2, err);
      assert.match(err, /^im-kit-server: --data: /);
      assert.ok(err.includes(file), err);
    }
  });

  test('makes the demo people once', async () => {
    const server = await startServer({ flags: ['--dev'] });
    const heads = async (): Promise<unknown> => {
      const alice = await RawPeer.open(server.url, await server.token('alice'));
      const answer = await alice.request('heads', { type: 'sync', cursor: '' });
      alice.close();
      return answer.heads;
    };
    const first = await heads();
    assert.ok(Array.isArray(first) && first.length >= 6);
    await server.kill('SIGTERM');
    await server.restart();
    assert.deepEqual(await heads(), first);
    await server.stop();
  });
});

describe('stopping', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer();
    for (const id of ['alice', 'bob']) await server.rest('PUT', `/v1/users/${id}`, { name: id });
  });

  after(() => server.stop());

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`${signal} says goodbye, ends with 0, and keeps all that was acknowledged`, async () => {
      const alice = await RawPeer.open(server.url, await server.token('alice'), `on-${signal}`);
      const sends = Array.from({ length: 400 }, (_, n) =>
        alice.request('ack', send(`${signal}-${n}`, n)).then(
          ({ clientId }) => clientId,
          () => undefined,
        ),
      );
      await sends[20];
      const startedAt = performance.now();
      assert.equal(await server.kill(signal), 0);
      assert.ok(performance.now() - startedAt < 5_000);
      const bye = await alice.next(({ type }) => type === 'bye');
      assert.ok(bye.type === 'bye' && bye.code === 'server/shutting-down' && bye.retryAfterMs);
      const acked = alice.frames.flatMap((frame) => (frame.type === 'ack' ? [frame.clientId] : []));
      await server.restart();
      const kept = await clientIds(server);
      assert.ok(acked.length > 20);
      assert.deepEqual(
        acked.filter((id) => !kept.includes(id)),
        [],
      );
    });
  }

  test('ends with 0 when the data folder is gone, and makes no noise', async () => {
    const homeless = await startServer();
    await rm(homeless.data, { recursive: true });
    assert.equal(await homeless.kill('SIGTERM'), 0);
    assert.doesNotMatch(homeless.output, /stopping failed|"level":"error"/);
    await homeless.stop();
  });

  test('refuses nobody with a hang: an idle keep-alive connection does not hold it up', async () => {
    await fetch(`${server.url}/healthz`);
    const startedAt = performance.now();
    assert.equal(await server.kill('SIGTERM'), 0);
    assert.ok(performance.now() - startedAt < 4_000);
    await server.restart();
  });
});

function send(clientId: string, n: number): object {
  return { type: 'send', conversation: PAIR, clientId, n, kind: 'text', body: { text: clientId } };
}

async function clientIds(server: TestServer): Promise<readonly string[]> {
  const bob = await RawPeer.open(server.url, await server.token('bob'));
  const ids: string[] = [];
  for (let after = 0; ;) {
    const range = { type: 'range', conversation: PAIR, after, limit: 200 };
    const { events, to } = await bob.request('events', range);
    if (events.length === 0) break;
    ids.push(...events.map(({ clientId }) => clientId));
    after = to;
  }
  bob.close();
  return ids;
}

/**
 * Readers that hardly read, or have stopped, while megabytes are written to them: what waits for one
 * of them in the server is half a mebibyte at most, nobody is closed for it, and nothing is missing
 * once they read again.
 */
import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { c2cId } from '../../src/protocol/ids.js';
import { builtServer } from '../helpers/built-server.js';
import { until } from '../helpers/live.js';
import { Device, Life } from '../helpers/mortal-client.js';
import { weighedBy } from '../helpers/preload.js';
import { openProxy, type Proxy } from '../helpers/proxy.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { Reader } from './reader.js';
import { figure, size } from './size.js';

const READERS = size('SLOW_READERS', 6, 40);
/** Events of about 60 kB to each reader: several times what may wait. */
const EVENTS = size('SLOW_READER_EVENTS', 100, 200);
const MOST_BYTES = 512 * 1_024;
const PATIENCE_MS = 60_000;
const PICTURE = 'p'.repeat(60_000);

describe('slow readers', () => {
  const weightFile = join(tmpdir(), `im-kit-weight-${process.pid}`);
  let server: TestServer;
  let proxy: Proxy;
  let readers: Reader[];

  before(async () => {
    server = await startServer({ main: builtServer(), env: weighedBy(weightFile) });
    proxy = await openProxy(server.url);
    // The first half comes over a line of a kilobyte a second, the second half stops reading.
    proxy.weather = { bytesPerSecond: 1_000 };
    await server.rest('PUT', '/v1/users/sam', { name: 'Sam' });
    readers = [];
    for (let index = 0; index < READERS; index++) {
      const user = `reader-${index}`;
      await server.rest('PUT', `/v1/users/${user}`, { name: user });
      await server.rest('POST', '/v1/conversations', { kind: 'c2c', members: ['sam', user] });
      const url = index < READERS / 2 ? proxy.url : server.url;
      readers.push(await Reader.open(url, user, await server.token(user), c2cId(user, 'sam')));
    }
  });

  after(async () => {
    for (const reader of readers) reader.close();
    await proxy.stop();
    await server.stop();
    await rm(weightFile, { force: true });
  });

  async function write(user: string, events: number): Promise<void> {
    const path = `/v1/conversations/${c2cId(user, 'sam')}/messages`;
    for (let count = 0; count < events; count++) {
      await server.rest('POST', path, { sender: 'sam', kind: 'picture', body: PICTURE });
    }
  }

  /** Bytes that are alive in the server; the least of several looks. */
  async function weight(): Promise<number> {
    let least = Infinity;
    for (let look = 0; look < 4; look++) {
      await rm(weightFile, { force: true });
      process.kill(server.pid, 'SIGUSR2');
      let text = '';
      while (text === '') {
        await pause(30);
        text = await readFile(weightFile, 'utf8').catch(() => '');
      }
      least = Math.min(least, Number(text));
      await pause(100);
    }
    return least;
  }

  test(`cost half a mebibyte each, and miss nothing in the end`, async (context) => {
    // Both ways are used once before, so that what all share is there.
    await Promise.all(readers.map(({ user }) => write(user, 1)));
    const before = await weight();
    const stopped = readers.slice(Math.ceil(READERS / 2));
    for (const reader of stopped) reader.stop();
    await Promise.all(readers.map(({ user }) => write(user, EVENTS)));
    const eachBytes = ((await weight()) - before) / READERS;
    assert.ok(eachBytes <= MOST_BYTES, `a slow reader costs ${figure(eachBytes)} bytes`);
    assert.ok(eachBytes > 100_000, `The lines hold it all: ${figure(eachBytes)} bytes wait.`);

    for (const reader of stopped) reader.goOn();
    const end = Date.now() + PATIENCE_MS;
    while (stopped.some(({ seq }) => seq < EVENTS + 1)) {
      assert.ok(Date.now() < end, `a reader is at ${stopped.map(({ seq }) => seq).join(', ')}`);
      await pause(50);
    }
    assert.deepEqual(
      readers.flatMap(({ bye }) => bye ?? []),
      [],
    );
    const asked = stopped.filter(({ questions }) => questions > 0).length;
    assert.equal(asked, stopped.length, 'somebody was sent it all');
    context.diagnostic(
      `slow readers: ${READERS} readers, ${figure(EVENTS * 60)} kB to each, ` +
        `${figure(eachBytes / 1_024)} KiB of the server's memory each: 0 lost, 0 closed`,
    );
  });

  test('are whole clients as well, who catch up once the line is wide again', async () => {
    const life = new Life(new Device('reader-0'), {
      server: proxy.url,
      token: await server.token('reader-0'),
    });
    const conversation = c2cId('reader-0', 'sam');
    await until(life.client.connection, ({ status }) => status !== 'connecting');
    await write('reader-0', 5);
    proxy.weather = {};
    for (const passage of proxy.passages) passage.cut();
    const whole = (state: { lastSeq: number } | undefined): boolean =>
      state?.lastSeq === EVENTS + 6;
    await until(life.client.conversation(conversation), whole, PATIENCE_MS);
    const newest = life.client.history(conversation);
    await until(newest.state, ({ messages }) => messages.at(-1)?.seq === EVENTS + 6, PATIENCE_MS);
    newest.close();
    await life.client.destroy();
  });
});

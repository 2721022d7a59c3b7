/**
 * A link goes dark: no byte passes in either direction, and nobody is told. The client finds out within
 * two heartbeats, and after a sleep at once.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { builtServer } from '../helpers/built-server.js';
import { isConnected, until } from '../helpers/live.js';
import { Device, Life } from '../helpers/mortal-client.js';
import { openProxy, type Proxy } from '../helpers/proxy.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { size } from './size.js';

const HEARTBEAT_MS = 1_000 * size('HEARTBEAT_SECONDS', 3, 15);
const LINKS = size('HALF_OPEN_LINKS', 6, 20);
const SLEEPS = size('SLEEPS', 2, 10);
const MISSED = 500;
const SLEEP_MS = 10 * 60_000;
const CATCH_UP_MS = 5_000;
const GROUP = 'group:night-train';

describe('a link that goes dark', () => {
  let server: TestServer;
  let proxy: Proxy;
  let lives: Life[];

  before(async () => {
    server = await startServer({
      main: builtServer(),
      flags: ['--heartbeat', String(HEARTBEAT_MS / 1_000)],
    });
    const members = Array.from({ length: LINKS + 1 }, (_, index) => `passenger-${index}`);
    for (const id of members) await server.rest('PUT', `/v1/users/${id}`, { name: id });
    await server.rest('POST', '/v1/conversations', {
      ...{ kind: 'group', id: GROUP, name: 'Night train', members },
    });
    proxy = await openProxy(server.url);
    lives = [];
    for (const id of members.slice(1)) {
      lives.push(new Life(new Device(id), { server: proxy.url, token: await server.token(id) }));
      // Each at another moment of its heartbeat.
      await pause(HEARTBEAT_MS / LINKS);
    }
    await Promise.all(lives.map(({ client }) => until(client.connection, isConnected)));
  });

  after(async () => {
    await Promise.all(lives.map(({ client }) => client.destroy()));
    await proxy.stop();
    await server.stop();
  });

  async function post(text: string): Promise<void> {
    const message = { sender: 'passenger-0', kind: 'text', body: { text } };
    await server.rest('POST', `/v1/conversations/${GROUP}/messages`, message);
  }

  function complete(life: Life, text: string, timeoutMs: number): Promise<unknown> {
    return until(
      life.client.history(GROUP).state,
      ({ messages }) => {
        const content = messages.at(-1)?.content;
        return content?.type === 'text' && content.text === text;
      },
      timeoutMs,
    );
  }

  test('is noticed within two heartbeats, and what was missed comes', async (context) => {
    assert.equal(proxy.passages.length, LINKS);
    const isLost = (state: { status: string }): boolean => !isConnected(state);
    const losses = lives.map(({ client }) => until(client.connection, isLost, 4 * HEARTBEAT_MS));
    for (const link of proxy.passages) link.stall();
    const dark = performance.now();
    let slowestMs = 0;
    await post('while it was dark');
    await Promise.all(
      losses.map(async (loss) => {
        await loss;
        slowestMs = Math.max(slowestMs, performance.now() - dark);
      }),
    );
    assert.ok(slowestMs <= 2 * HEARTBEAT_MS, `the slowest took ${slowestMs} ms`);
    await Promise.all(lives.map((life) => complete(life, 'while it was dark', 15_000)));
    context.diagnostic(
      `half-open: ${LINKS} links, the last one noticed after ${Math.round(slowestMs)} ms ` +
        `at a heartbeat of ${HEARTBEAT_MS} ms: 0 lost`,
    );
  });

  test(`costs nobody more than ${CATCH_UP_MS} ms who slept meanwhile`, async (context) => {
    let slowestMs = 0;
    for (let index = 0; index < SLEEPS; index++) {
      const life = lives[index % lives.length]!;
      await until(life.client.connection, isConnected);
      await pause(HEARTBEAT_MS / 4);
      for (const link of proxy.passages) link.stall();
      life.sleep();
      for (let count = 0; count < MISSED; count += 20) {
        await Promise.all(
          Array.from({ length: 20 }, (_, at) => post(`night ${index}, ${count + at}`)),
        );
      }
      await post(`morning ${index}`);
      const woken = performance.now();
      life.wake(SLEEP_MS);
      await complete(life, `morning ${index}`, 2 * CATCH_UP_MS);
      slowestMs = Math.max(slowestMs, performance.now() - woken);
    }
    assert.ok(slowestMs <= CATCH_UP_MS, `the slowest took ${slowestMs} ms`);
    context.diagnostic(
      `sleep: ${SLEEPS} times ten minutes, ${MISSED} messages missed each time, ` +
        `all there after ${Math.round(slowestMs)} ms at most`,
    );
  });
});

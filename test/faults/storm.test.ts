/**
 * All sockets are cut at once. They are the kit's own connections (its waits, its hello, its heart);
 * what stands behind most of them, a database, plays no part in coming back. Some are whole clients,
 * who go on writing all the while.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { Connection } from '../../src/client/connection/connection.js';
import { RUNTIME } from '../../src/client/environment.js';
import { Identity } from '../../src/client/identity.js';
import { Log } from '../../src/client/log.js';
import { builtServer } from '../helpers/built-server.js';
import { isConnected, until } from '../helpers/live.js';
import { Device, Life } from '../helpers/mortal-client.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { figure, size } from './size.js';

const SOCKETS = size('STORM_SOCKETS', 300, 2_000);
const STORMS = size('STORMS', 3, 5);
const WRITERS = 8;
const BACK_MS = 60_000;
const PEAK = 3;
const GROUP = 'group:control-room';

/** One socket's connection, and when it was ready last. */
class Line {
  readyAt = 0;
  /** Sockets that it has opened. */
  tries = 0;
  #socket: WebSocket | undefined;
  readonly #stopping = new AbortController();
  readonly #connection: Connection;

  constructor(url: string, token: string, device: string) {
    this.#connection = new Connection({
      url: `${url.replace('http', 'ws')}/v1/socket`,
      identity: new Identity(token, undefined),
      openSocket: (address, protocol) => {
        this.tries++;
        return (this.#socket = new WebSocket(address, protocol, { perMessageDeflate: false }));
      },
      turn: () => Promise.resolve(),
      leads: () => true,
      device: async () => device,
      about: async () => ({}),
      environment: { ...RUNTIME, watchPage: () => () => undefined },
      log: new Log('silent', Date.now),
      signal: this.#stopping.signal,
      onReady: () => (this.readyAt = performance.now()),
      onFrame: () => undefined,
      onPong: () => undefined,
      onPing: () => undefined,
      onLost: () => undefined,
      onTokenExpired: () => undefined,
    });
    void this.#connection.run();
  }

  get isReady(): boolean {
    return this.#connection.ready;
  }

  cut(): void {
    this.#socket?.terminate();
  }

  stop(): void {
    this.#stopping.abort();
  }
}

async function allReady(lines: readonly Line[], since: number, timeoutMs: number): Promise<void> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const away = lines.filter(({ isReady, readyAt }) => !isReady || readyAt < since).length;
    if (away === 0) return;
    assert.ok(performance.now() < end, `${away} of ${lines.length} are not back in time`);
    await pause(20);
  }
}

/** The most that came back in any one second, against the mean of the time that all of them took. */
function peakOverMean(times: readonly number[], lastedMs: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  let peak = 0;
  for (let from = 0, to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! >= 1_000) from++;
    peak = Math.max(peak, to - from + 1);
  }
  return peak / (times.length / Math.max(1, lastedMs / 1_000));
}

/** How many came back in each second. */
function histogram(times: readonly number[]): string {
  const seconds = Array.from({ length: Math.ceil(Math.max(...times) / 1_000) }, () => 0);
  for (const time of times) seconds[Math.floor(time / 1_000)]!++;
  return `back in each second: ${seconds.join(' ')}`;
}

async function people(server: TestServer): Promise<readonly string[]> {
  const ids = Array.from({ length: WRITERS }, (_, index) => `operator-${index}`);
  for (const id of ids) await server.rest('PUT', `/v1/users/${id}`, { name: id });
  const group = { kind: 'group', id: GROUP, name: 'Control room', members: ids };
  await server.rest('POST', '/v1/conversations', group);
  return Promise.all(ids.map((id) => server.token(id)));
}

/** Fills `lines`, which its caller stops whatever becomes of them. */
async function connectAll(url: string, tokens: readonly string[], lines: Line[]): Promise<void> {
  while (lines.length < SOCKETS - WRITERS) {
    const token = tokens[lines.length % tokens.length]!;
    lines.push(new Line(url, token, `line-${lines.length}`));
    if (lines.length % 50 === 0) await allReady(lines, 0, BACK_MS);
  }
  await allReady(lines, 0, BACK_MS);
}

describe(`a storm of ${SOCKETS} sockets`, () => {
  test('comes back within a minute, spread over its time, and loses no send', async (context) => {
    const server = await startServer({
      main: builtServer(),
      flags: ['--log-level', 'warn', '--max-devices', 'all=999'],
    });
    const tokens = await people(server);
    const lines: Line[] = [];
    const lives: Life[] = [];
    const writing = new AbortController();
    let written = 0;
    const write = async ({ client }: Life): Promise<void> => {
      while (!writing.signal.aborted) {
        await client.sendText(GROUP, `message ${written++}`);
        await pause(50);
      }
    };
    try {
      await connectAll(server.url, tokens, lines);
      for (const [index, token] of tokens.entries()) {
        lives.push(new Life(new Device(`operator-${index}`), { server: server.url, token }));
      }
      await Promise.all(lives.map(({ client }) => until(client.connection, isConnected)));
      const writers = lives.map(write);
      const triesBefore = lines.reduce((sum, { tries }) => sum + tries, 0);
      let slowestMs = 0;
      const steepness: number[] = [];
      for (let storm = 0; storm < STORMS; storm++) {
        // A connection that has not lasted is not one that was lost.
        await pause(6_000);
        const cutAt = performance.now();
        for (const line of [...lines, ...lives]) line.cut();
        await allReady(lines, cutAt, BACK_MS);
        const times = lines.map(({ readyAt }) => readyAt - cutAt);
        const lastedMs = Math.max(...times);
        slowestMs = Math.max(slowestMs, lastedMs);
        context.diagnostic(histogram(times));
        steepness.push(peakOverMean(times, lastedMs));
      }
      const tries = lines.reduce((sum, line) => sum + line.tries, -triesBefore);
      writing.abort();
      await Promise.all(writers);
      await Promise.all(
        lives.map(({ client }) =>
          until(client.conversation(GROUP), (group) => group?.lastSeq === written + 1, BACK_MS),
        ),
      );
      // The median: one second of a busy machine in which nothing ran makes a heap of its own.
      const steepest = steepness.toSorted((one, other) => one - other)[STORMS >> 1]!;
      assert.ok(steepest <= PEAK, `the steepest second had ${steepest} times the mean`);
      context.diagnostic(
        `storm: ${STORMS} times ${figure(SOCKETS)} sockets, all back after ${Math.round(slowestMs)} ms, ` +
          `${(tries / STORMS / lines.length).toFixed(2)} tries each, peak ${steepest.toFixed(2)} x mean, ${figure(written)} messages written meanwhile: 0 lost`,
      );
    } finally {
      writing.abort();
      for (const line of lines) line.stop();
      await Promise.all(lives.map(({ client }) => client.destroy()));
      await server.stop();
    }
  });
});

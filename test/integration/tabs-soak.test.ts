/**
 * Eight tabs, and every two seconds the one that leads is closed, crashes, is frozen or hangs. How long
 * it goes on is told by `SOAK_SECONDS`.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected } from '../helpers/client-ways.js';
import { nodeClient } from '../helpers/node-client.js';
import { mostAtOnce, opened } from '../helpers/session-log.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { openTabs, type Tab, type Tabs } from '../helpers/tabs-page.js';

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 20);
const TABS = 8;
const EVERY_MS = 2_000;
const SEND_EVERY_MS = 150;
const TAKEOVER_MS = 1_000;
/** How long a tab has to say that a message is stored. */
const STORE_MS = 3_000;
const SETTLE_MS = 20_000;
const PAIR = c2cId('alice', 'bob');

const WAYS = ['close', 'crash', 'freeze', 'hang'] as const;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

class Soak {
  readonly sent: string[] = [];
  /** Their tab was gone before it could say that they are stored. */
  readonly doubtful: string[] = [];
  readonly tookMs: number[] = [];
  readonly counts = { close: 0, crash: 0, freeze: 0, hang: 0 };
  readonly #tabs: Tabs;
  readonly #server: TestServer;
  readonly #token: string;
  readonly #live: Tab[] = [];
  /** Tabs that can do nothing now. */
  readonly #asleep: Set<Tab> = new Set();
  #turn = 0;

  constructor(tabs: Tabs, server: TestServer, token: string) {
    this.#tabs = tabs;
    this.#server = server;
    this.#token = token;
  }

  async fill(): Promise<void> {
    for (const tab of [...this.#live]) {
      if (tab.hasCrashed) this.#live.splice(this.#live.indexOf(tab), 1);
    }
    while (this.#live.length < TABS) {
      this.#live.push(await this.#tabs.open(this.#server.url, 'alice', this.#token));
    }
  }

  async send(until: number): Promise<void> {
    for (let count = 0; Date.now() < until; count++) {
      const awake = this.#live.filter((tab) => !this.#asleep.has(tab) && !tab.hasCrashed);
      const tab = awake[Math.floor(Math.random() * awake.length)];
      const text = `Message ${count}`;
      // A tab that goes, or falls asleep, in the middle of it says nothing any more.
      const isStored = await Promise.race([
        tab?.send(PAIR, text).then(
          () => true,
          () => false,
        ),
        pause(STORE_MS),
      ]);
      (isStored === true ? this.sent : this.doubtful).push(text);
      await pause(SEND_EVERY_MS);
    }
  }

  async disturb(until: number): Promise<void> {
    while (Date.now() < until) {
      await pause(EVERY_MS);
      const leader = await this.#leader();
      if (!leader) continue;
      const way = WAYS[this.#turn++ % WAYS.length] ?? 'close';
      this.counts[way]++;
      const at = Date.now();
      await this.#do(way, leader);
      while (opened(this.#server, 'alice', at) === undefined && Date.now() < at + 10_000) {
        await pause(5);
      }
      this.tookMs.push((opened(this.#server, 'alice', at) ?? Infinity) - at);
      if (way === 'freeze') await leader.thaw();
      this.#asleep.delete(leader);
      await this.fill();
    }
  }

  async #leader(): Promise<Tab | undefined> {
    for (const tab of this.#live.filter(({ hasCrashed }) => !hasCrashed)) {
      if (await tab.run<boolean>('seen.socket?.readyState === 1').catch(() => false)) return tab;
    }
    return undefined;
  }

  async #do(way: (typeof WAYS)[number], leader: Tab): Promise<void> {
    this.#asleep.add(leader);
    if (way === 'freeze') {
      // Only a page that is hidden can be frozen.
      await this.#live.find((tab) => tab !== leader)?.page.bringToFront();
      await leader.freeze();
    } else if (way === 'hang') {
      await leader.hang(1_500);
    } else {
      this.#live.splice(this.#live.indexOf(leader), 1);
      await (way === 'close' ? leader.close() : leader.crash());
    }
  }
}

/** Waits until nothing more has come for a while. */
async function quiet(arrived: readonly string[], expected: readonly string[]): Promise<void> {
  const end = Date.now() + SETTLE_MS;
  while (Date.now() < end && expected.some((text) => !arrived.includes(text))) await pause(50);
  await pause(1_000);
}

describe('eight tabs whose leader is lost again and again', () => {
  test(`speak with one voice for ${SECONDS} seconds`, async (context) => {
    const tabs = await openTabs();
    const server = await startServer({
      flags: ['--origin', tabs.origin, '--log-level', 'debug'],
    });
    let bob: ImClient | undefined;
    try {
      await server.rest('PUT', '/v1/users/alice', { name: 'Alice Meyer' });
      await server.rest('PUT', '/v1/users/bob', { name: 'Bob Tanaka' });
      bob = await connected(nodeClient(server.url, await server.token('bob')));
      const arrived: string[] = [];
      bob.on('message', ({ messages }) => {
        for (const { content } of messages) if (content.type === 'text') arrived.push(content.text);
      });
      const soak = new Soak(tabs, server, await server.token('alice'));
      await soak.fill();
      const until = Date.now() + SECONDS * 1_000;
      await Promise.all([soak.send(until), soak.disturb(until)]);
      await quiet(arrived, soak.sent);

      const sorted = soak.tookMs.sort((one, other) => one - other);
      const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Infinity;
      context.diagnostic(
        `${JSON.stringify(soak.counts)}; ${soak.sent.length} sent, ${soak.doubtful.length} in doubt; ` +
          `takeover p50 ${sorted[sorted.length >> 1] ?? Infinity} ms, p95 ${p95} ms, ` +
          `longest ${sorted.at(-1) ?? Infinity} ms`,
      );
      const missing = soak.sent.filter((text) => !arrived.includes(text));
      assert.deepEqual(missing, [], 'lost');
      assert.equal(new Set(arrived).size, arrived.length, 'doubled');
      assert.equal(mostAtOnce(server, 'alice'), 1, 'sessions at once');
      assert.ok(p95 <= TAKEOVER_MS, `p95 is ${p95} ms`);
      assert.deepEqual(tabs.errors, []);
    } finally {
      await bob?.destroy();
      await tabs.stop();
      await server.stop();
    }
  });
});

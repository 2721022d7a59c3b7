import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { isConnected, nodeClient, texts, until } from '../helpers/node-client.js';
import { startServer, type TestServer } from '../helpers/start-server.js';
import { openTabs, type Tab, type Tabs } from '../helpers/tabs-page.js';
import { opened, mostAtOnce, sessionsOf } from '../helpers/session-log.js';

const PAIR = c2cId('alice', 'bob');
const TAKEOVER_MS = 1_000;

const LEADS = 'seen.socket?.readyState === 1';

describe('several tabs of one browser', () => {
  let tabs: Tabs;
  let server: TestServer;
  let bob: ImClient;
  let open: Tab[] = [];

  before(async () => {
    tabs = await openTabs();
    server = await startServer({ flags: ['--origin', tabs.origin, '--log-level', 'debug'] });
    await server.rest('PUT', '/v1/users/alice', { name: 'Alice Meyer' });
    await server.rest('PUT', '/v1/users/bob', { name: 'Bob Tanaka' });
    bob = await connected(nodeClient(server.url, await server.token('bob')));
  });

  afterEach(async () => {
    await Promise.all(open.map((tab) => tab.close()));
    open = [];
    await eventually(() => sessionsOf(server, 'alice').at(-1)?.count === 0, 'the end of a session');
  });

  after(async () => {
    await bob.destroy();
    await tabs.stop();
    await server.stop();
  });

  /** Opens tabs one after the other, so that the first one leads, and waits until all are connected. */
  async function openAll(count: number): Promise<Tab[]> {
    const token = await server.token('alice');
    for (let index = 0; index < count; index++) {
      open.push(await tabs.open(server.url, 'alice', token));
      await open.at(-1)?.until(`seen.status === 'connected'`);
    }
    assert.equal(await open[0]?.run(LEADS), true);
    return open;
  }

  /** Waits until a text has come to Bob, and gives how often. */
  async function arrivals(text: string): Promise<number> {
    const window = bob.history(PAIR);
    const state = await until(window.state, (shown) => texts(shown).includes(text));
    window.close();
    return texts(state).filter((other) => other === text).length;
  }

  /** Does something to the leader; gives how long it took until another tab had a session. */
  async function takeover(disturb: () => Promise<unknown>): Promise<number> {
    const at = Date.now();
    await disturb();
    await eventually(() => opened(server, 'alice', at) !== undefined, 'another session');
    return (opened(server, 'alice', at) ?? Infinity) - at;
  }

  test('have one socket together, and all show the same', async () => {
    const started = sessionsOf(server, 'alice').length;
    const all = await openAll(4);
    assert.equal(sessionsOf(server, 'alice').length, started + 1);

    for (const text of ['Are you there?', 'Hello?']) await bob.sendText(PAIR, text);
    for (const tab of all) await tab.until(`seen.unread === 2 && told.message.length === 2`);
    const notified = await Promise.all(all.map((tab) => tab.run<string[]>('told.notify')));
    assert.deepEqual(notified.flat(), ['Are you there?', 'Hello?'], 'told in exactly one tab');

    await all[2]?.run(`client.markRead('${PAIR}', 2)`);
    for (const tab of all) await tab.until('seen.unread === 0');
    await until(bob.conversation(PAIR), (pair) => pair?.last?.state.status === 'read');
    assert.deepEqual(tabs.errors, []);
  });

  test('send from any of them, once, and tell the one that has sent', async () => {
    const all = await openAll(3);
    const ids: string[] = [];
    for (const [index, tab] of all.entries()) ids.push(await tab.send(PAIR, `From tab ${index}`));
    for (const index of [0, 1, 2]) assert.equal(await arrivals(`From tab ${index}`), 1);
    for (const [index, tab] of all.entries()) {
      await tab.until(`told['message-sent'].includes('${ids[index] ?? ''}')`);
    }
  });

  test('keep the order when they write by turns', async () => {
    const all = await openAll(3);
    const sent: string[] = [];
    for (let turn = 0; turn < 30; turn++) {
      sent.push(`Turn ${turn}`);
      await all[turn % 3]?.send(PAIR, sent.at(-1) ?? '');
    }
    await arrivals('Turn 29');
    const window = bob.history(PAIR);
    const state = await until(window.state, ({ messages }) => messages.length >= 30);
    window.close();
    assert.deepEqual(texts(state).slice(-30), sent);
  });

  test('ask the server through the one that leads', async () => {
    for (let index = 0; index < 120; index++) await bob.sendText(PAIR, `Page turner ${index}`);
    const all = await openAll(2);
    await all[1]?.run(`globalThis.pages = client.history('${PAIR}', { pageSize: 50 })`);
    await all[1]?.run(`pages.state.subscribe({ next: (state) => (seen.window = state) })`);
    await all[1]?.until('seen.window?.messages.length >= 50');
    await all[1]?.run('pages.loadOlder()');
    await all[1]?.until('seen.window.messages.length >= 100');

    await server.rest('PUT', '/v1/users/carol', { name: 'Carol Diaz' });
    await all[1]?.run(`client.openPeer('carol')`);
    const titles = `client.conversations.value.map(({ title }) => title)`;
    for (const tab of all) await tab.until(`${titles}.includes('Carol Diaz')`);

    await all[1]?.run(`client.setTyping('${PAIR}', true)`);
    await until(bob.typing(PAIR), ([person]) => person?.id === 'alice');
    bob.setTyping(PAIR, true);
    for (const tab of all) await tab.until(`client.typing('${PAIR}').value.length === 1`);
  });

  test('keep read what one of them shows, without a number that comes and goes', async () => {
    const all = await openAll(3);
    await all[2]?.run(`client.markRead('${PAIR}', 1e6)`);
    for (const tab of all) await tab.until('seen.unread === 0');
    await all[2]?.run(`globalThis.look = client.keepRead('${PAIR}')`);
    for (const tab of all) {
      await tab.run(
        `client.totalUnread.subscribe({ next: (n) => (seen.most = Math.max(seen.most ?? 0, n)) })`,
      );
    }
    // What is kept read is told to the leader by a message that nothing answers.
    await all[2]?.run(`client.sendText('${PAIR}', 'I am looking')`);
    await arrivals('I am looking');
    await bob.sendText(PAIR, 'Seen at once');
    for (const tab of all) await tab.until(`told.message.includes('Seen at once')`);
    assert.deepEqual(await Promise.all(all.map((tab) => tab.run('seen.most'))), [0, 0, 0]);

    await all[2]?.run('look()');
    await all[2]?.run(`client.sendText('${PAIR}', 'I have looked away')`);
    await arrivals('I have looked away');
    await bob.sendText(PAIR, 'Not seen');
    for (const tab of all) await tab.until('seen.unread === 1');
  });

  test('go on when the leader is closed or crashes, within a second', async (context) => {
    const all = await openAll(4);
    const [first, second, third, fourth] = all;
    const closed = await takeover(() => first?.close() ?? Promise.resolve());
    open = all.slice(1);
    await third?.send(PAIR, 'The first one has gone');
    assert.equal(await arrivals('The first one has gone'), 1);
    assert.equal(await second?.run(LEADS), true, 'who has waited longest leads');

    const crashed = await takeover(() => second?.crash() ?? Promise.resolve());
    open = all.slice(2);
    await fourth?.send(PAIR, 'The second one has crashed');
    assert.equal(await arrivals('The second one has crashed'), 1);
    context.diagnostic(`closed: ${closed} ms, crashed: ${crashed} ms`);
    assert.ok(closed <= TAKEOVER_MS && crashed <= TAKEOVER_MS);
  });

  for (const [what, stop, goOn] of [
    ['is frozen', (tab: Tab) => tab.freeze(), (tab: Tab) => tab.thaw()],
    ['hangs', (tab: Tab) => tab.hang(2_500), () => Promise.resolve()],
  ] as const) {
    test(`go on when the leader ${what}, and let it follow afterwards`, async (context) => {
      const all = await openAll(3);
      const [first, second, third] = all as [Tab, Tab, Tab];
      const tookMs = await takeover(() => stop(first));
      context.diagnostic(`it took ${tookMs} ms`);
      assert.ok(tookMs <= TAKEOVER_MS, `it took ${tookMs} ms`);
      await bob.sendText(PAIR, `The leader ${what}`);
      for (const tab of [second, third]) {
        await tab.until(`told.message.includes('The leader ${what}')`);
      }

      await goOn(first);
      await first.until(`seen.status === 'connected'`);
      await first.send(PAIR, `Awake again: ${what}`);
      assert.equal(await arrivals(`Awake again: ${what}`), 1);
      assert.equal(await first.run(LEADS), false);
      assert.equal(mostAtOnce(server, 'alice'), 1);
      await bob.sendText(PAIR, `Good morning, ${what}`);
      for (const tab of all) await tab.until(`told.message.includes('Good morning, ${what}')`);
      assert.deepEqual(tabs.errors, []);
    });
  }

  test('show the same state of the connection, and try again at the word of any', async () => {
    const all = await openAll(3);
    await server.kill('SIGKILL');
    for (const tab of all) await tab.until(`seen.status === 'offline'`);
    const code = `client.connection.value.error.code`;
    for (const tab of all) assert.match(await tab.run(code), /^connection\//);
    await server.restart();
    await all[2]?.run('client.reconnect()');
    for (const tab of all) await tab.until(`seen.status === 'connected'`);
    await until(bob.connection, isConnected);
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { openProxy } from '../helpers/proxy.js';
import { isConnected, nodeClient, texts, until } from '../helpers/node-client.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { startServer, type TestServer } from '../helpers/start-server.js';

const MISSED = 500;
const PAIR = c2cId('alice', 'bob');

describe('a person who was away', () => {
  let server: TestServer;

  before(async () => {
    server = await startServer();
    for (const id of ['alice', 'bob']) await server.rest('PUT', `/v1/users/${id}`, { name: id });
  });

  after(() => server.stop());

  test(`gets ${MISSED} missed messages: all, in order, once, and the same head as the server`, async () => {
    const alice = nodeClient(server.url, await server.token('alice'));
    const line = await openProxy(server.url);
    const bob = nodeClient(line.url, await server.token('bob'));
    await alice.sendText(PAIR, 'Are you on the train already?');
    const before = bob.history(PAIR);
    await until(before.state, (state) => texts(state).length === 1);
    before.close();

    line.cut();
    await until(bob.connection, ({ status }) => status === 'offline');
    const expected = Array.from({ length: MISSED }, (_, index) => `Message ${index + 1} 号`);
    for (const text of expected) await alice.sendText(PAIR, text);
    await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === MISSED + 1);

    line.mend();
    bob.reconnect();
    await until(bob.conversation(PAIR), (conversation) => conversation?.unread === 100);
    const history = bob.history(PAIR, { pageSize: 200 });
    await until(bob.connection, isConnected);
    await until(history.state, ({ loading }) => loading === undefined);
    for (let page = 0; page < 4; page++) await history.loadOlder();
    const state = await until(history.state, ({ hasOlder }) => !hasOlder);

    assert.deepEqual(texts(state), ['Are you on the train already?', ...expected]);
    assert.equal(new Set(state.messages.map(({ id }) => id)).size, MISSED + 1);
    const peer = await RawPeer.open(server.url, await server.token('bob'));
    const { head } = await peer.request('head', { type: 'open', conversation: PAIR });
    const local = await until(bob.conversation(PAIR), (conversation) => conversation !== undefined);
    assert.equal(local?.lastSeq, head.lastSeq);

    peer.close();
    history.close();
    await Promise.all([alice.destroy(), bob.destroy()]);
    await line.stop();
  });
});

/**
 * The server is killed with SIGKILL again and again while people write. What it has acknowledged must
 * be there afterwards: once, in one order, without holes, and every client finds back by itself.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ImClient, Message } from '../../src/client/public.js';
import { isConnected, nodeClient, until } from '../helpers/node-client.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { startServer, type TestServer } from '../helpers/start-server.js';

const ROUNDS = 30;
const RECOVERY_MS = 5_000;
const GROUP = 'group:night-shift';
const PEOPLE = ['alice', 'bob', 'lin'];

const textOf = ({ content }: Message): string => (content.type === 'text' ? content.text : '');

/** Everything a client has, by `seq`, read through its moving window. */
async function wholeLog(client: ImClient): Promise<Map<number, Message>> {
  const history = client.history(GROUP, { pageSize: 200 });
  const log = new Map<number, Message>();
  const collect = history.state.subscribe({
    next: ({ messages }) => {
      for (const message of messages) if (message.seq !== undefined) log.set(message.seq, message);
    },
  });
  for (;;) {
    const { hasOlder } = await until(history.state, ({ loading }) => loading === undefined);
    if (!hasOlder) break;
    await history.loadOlder();
  }
  collect.unsubscribe();
  history.close();
  return new Map([...log].sort(([one], [other]) => one - other));
}

/** The texts of the server's own log, in order. */
async function serverTexts(server: TestServer): Promise<string[]> {
  const peer = await RawPeer.open(server.url, await server.token('alice'));
  const found: string[] = [];
  for (let after = 0; ;) {
    const page = await peer.request('events', {
      type: 'range',
      conversation: GROUP,
      after,
      limit: 200,
    });
    for (const { kind, body } of page.events) {
      if (kind === 'text') found.push((body as { text: string }).text);
    }
    if (page.to <= after) break;
    after = page.to;
  }
  peer.close();
  return found;
}

describe('a server that is killed while people write', () => {
  let server: TestServer;
  let clients: ImClient[];

  before(async () => {
    server = await startServer();
    for (const id of PEOPLE) await server.rest('PUT', `/v1/users/${id}`, { name: id });
    await server.rest('POST', '/v1/conversations', {
      kind: 'group',
      id: GROUP,
      name: 'Night shift',
      members: PEOPLE,
    });
    clients = await Promise.all(
      PEOPLE.map(async (id) => nodeClient(server.url, await server.token(id), id)),
    );
    await Promise.all(clients.map((client) => until(client.connection, isConnected)));
  });

  after(async () => {
    await Promise.all(clients.map((client) => client.destroy()));
    await server.stop();
  });

  test(`keeps every acknowledged message through ${ROUNDS} rounds`, async (context) => {
    const accepted = new Set<string>();
    const written: string[] = [];
    const stops = clients.map((client) =>
      client.on('message-sent', ({ messageId }) => accepted.add(messageId)),
    );
    let writing = true;
    const writers = clients.map(async (client, person) => {
      for (let count = 0; writing; count++) {
        const text = `${PEOPLE[person]} ${count}: 第 ${count} 件货已经出仓`;
        written.push(text);
        await client.sendText(GROUP, text);
        await new Promise((next) => setTimeout(next, 60));
      }
    });

    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const before = accepted.size;
      // The kill must fall among commits, so wait until this round has seen some.
      while (accepted.size < before + 5 + (round % 7)) {
        await new Promise((next) => setTimeout(next, 2));
      }
      await server.kill('SIGKILL');
      await server.restart();
      const back = Date.now();
      await Promise.all(
        clients.map((client) =>
          until(client.connection, ({ status }) => status !== 'offline' && status !== 'connecting'),
        ),
      );
      slowest = Math.max(slowest, Date.now() - back);
    }
    writing = false;
    await Promise.all(writers);

    await Promise.all(
      clients.map((client) =>
        until(client.conversation(GROUP), (group) => group?.lastSeq === written.length + 1, 30_000),
      ),
    );
    const logs = await Promise.all(clients.map(wholeLog));

    const serverLog = await serverTexts(server);
    assert.deepEqual(serverLog.toSorted(), written.toSorted(), 'a message is lost or doubled');
    for (const log of logs) {
      const messages = [...log.values()].filter(({ content }) => content.type === 'text');
      assert.deepEqual(
        [...log.keys()],
        [...log.keys()].map((_, index) => index + 1),
        'a hole',
      );
      assert.deepEqual(messages.map(textOf), serverLog, 'the logs differ');
      const ids = new Set(messages.map(({ id }) => id));
      assert.deepEqual(
        [...accepted].filter((id) => !ids.has(id)),
        [],
        'an acknowledged one is lost',
      );
    }
    assert.ok(slowest <= RECOVERY_MS, `the slowest client took ${slowest} ms to come back`);
    context.diagnostic(
      `${ROUNDS} kills, ${written.length} messages, slowest way back ${slowest} ms after the start`,
    );
    for (const stop of stops) stop();
  });
});

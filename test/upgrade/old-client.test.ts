import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import type { Store } from '../../server/src/store/store.js';
import type { ImClient, Message } from '../../src/client/public.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { createClientIn, decodeServerFrame, RUNTIME } from '../fixtures/version-1/client.mjs';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';
import { common, HARBOUR, oldDevice, oldFolder, oldSession, PAIR } from './version-1.js';

const isAboutGate = ({ content }: Message): boolean =>
  content.type === 'text' && content.text === 'Gate 4 is closed.';
const DAY_MS = 86_400_000;

describe('a client of version 1', () => {
  let folder: ReturnType<typeof oldFolder>;
  let store: Store;
  let world: World;
  const clients: ImClient[] = [];

  beforeEach(() => {
    folder = oldFolder();
    store = openSqliteStore(folder.path);
    world = new World(store);
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.destroy()));
    await world.stop();
    await store.close();
    folder.remove();
  });

  function oldClient({ user, idb }: Device): ImClient {
    const client = createClientIn(
      { ...RUNTIME, indexedDb: () => ({ indexedDB: idb, IDBKeyRange }) },
      {
        server: 'http://chat.test',
        token: user,
        userId: user,
        logLevel: 'silent',
        openSocket: () => world.open(),
      },
    );
    clients.push(client);
    return client;
  }

  /** Says what Bob's client has said, one frame after the answer to the one before. */
  async function replay(): Promise<ReadonlyMap<number, ServerFrame>> {
    const answers = new Map<number, ServerFrame>();
    const socket = world.open();
    socket.onmessage = ({ data }: { readonly data: string }) => {
      const frame = decodeServerFrame(data);
      if ('id' in frame) answers.set(frame.id, frame);
    };
    await new Promise<void>((open) => (socket.onopen = () => open()));
    for (const { from, frame } of oldSession()) {
      if (from === 'server') continue;
      socket.send(JSON.stringify(frame));
      if ('id' in frame) await eventually(() => answers.has(frame.id), `${frame.type} is answered`);
    }
    socket.close();
    return answers;
  }

  test('gets the answers of then to what it has said then', async () => {
    const answers = await replay();
    const then = oldSession().flatMap(({ from, frame }) => (from === 'server' ? [frame] : []));
    for (const frame of then) {
      if (!('id' in frame)) continue;
      const answer = answers.get(frame.id);
      assert.equal(answer?.type, frame.type, JSON.stringify(answer));
      // What was told by the clock, and where everything stands by now, may differ.
      if (frame.type === 'events' || frame.type === 'ack') {
        assert.deepEqual(common(answer, frame), frame);
      }
      if (answer.type === 'ready') assert.equal(answer.user.id, 'bob');
    }
    assert.equal((await store.conversation(HARBOUR))?.lastSeq, 75);
  });

  test('goes on with what it has stored, and talks to a client of today', async () => {
    const alice = await connected(oldClient(await oldDevice()));
    const bob = await connected(world.client({ user: 'bob', idb: new IDBFactory() }));
    const [theirs, ours] = [alice.history(PAIR), bob.history(PAIR)];
    await until(theirs.state, ({ messages }) => messages.at(-1)?.seq === 4);
    await bob.sendText(PAIR, 'I have it with me.');
    await until(ours.state, ({ messages }) => messages.at(-1)?.seq === 5);
    await alice.sendText(PAIR, '太好了');
    const said = [
      'Good morning, Bob',
      '早上好，Alice',
      'The ferry leaves at nine.',
      '别忘了带上清单',
      'I have it with me.',
      '太好了',
    ];
    await showing(theirs, said);
    await showing(ours, said);
    await until(ours.state, ({ messages }) => messages.at(-1)?.seq === 6);
    await bob.markRead(PAIR, 6);
    await until(theirs.state, ({ messages }) => messages.at(-1)?.state.status === 'read');
  });

  test('is not left asking for what the server of today has removed', async () => {
    const gate = (world.gate = new Gate());
    world.keepMs = DAY_MS;
    world.now = () => RUNTIME.now() + 40_000 * DAY_MS;
    world.restart();
    world.passTime();
    await eventuallyTrimmed(74);
    const alice = await connected(oldClient(await oldDevice()));
    const window = alice.history(HARBOUR);
    await world.core.post(HARBOUR, 'mara', 'text', { text: 'Gate 4 is closed.' });
    await until(window.state, ({ messages }) => messages.some(isAboutGate));
    await until(window.state, ({ messages }) => messages.at(-1)?.seq === 77);
    assert.ok(gate.ofType('range').length < 12, `${gate.ofType('range').length} questions`);
  });

  async function eventuallyTrimmed(upTo: number): Promise<void> {
    while (((await store.conversation(HARBOUR))?.trimmed ?? 0) < upTo) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
});

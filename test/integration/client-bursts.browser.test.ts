/** What Dexie and IndexedDB do with many frames at once only shows in a browser. */
import { expect, waitUntil } from '@open-wc/testing';
import type { Core } from '../../server/src/core/core.js';
import { createCore } from '../../server/src/core/create-core.js';
import { inPageSocket, type InPageSocket } from '../../server/src/core/in-page.js';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import { createClient } from '../../src/client/create-client.js';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { isConnected, texts, until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('a burst of frames', () => {
  let core: Core;
  let alice: ImClient;
  let socket: InPageSocket;

  beforeEach(async () => {
    core = createCore({
      store: new MemoryStore(),
      now: () => Date.now(),
      randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
      schedule: (delayMs, task) => {
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
      authenticate: async (token) => ({ userId: token, expiresAt: Date.now() + 3_600_000 }),
    });
    for (const id of ['alice', 'bob']) await core.putUser({ id, name: id });
    await core.post(PAIR, 'bob', 'text', { text: 'before' });
    alice = createClient({
      server: `https://${Math.random().toString(36).slice(2)}.example`,
      token: 'alice',
      userId: 'alice',
      logLevel: 'silent',
      openSocket: () => (socket = inPageSocket(core)),
    });
    await until(alice.connection, isConnected);
    await until(alice.history(PAIR).state, ({ messages }) => messages.length === 1);
  });

  afterEach(() => alice.logout({ wipe: true }));

  /** Holds back what the server sends until the result is called, which brings it all at once. */
  function hold(): { readonly count: () => number; readonly release: () => void } {
    const receive = socket.onmessage;
    const held: { readonly data: unknown }[] = [];
    socket.onmessage = (event) => held.push(event);
    const release = (): void => {
      socket.onmessage = receive;
      for (const event of held) receive?.(event);
    };
    return { count: () => held.length, release };
  }

  for (const count of [20, 64, 200]) {
    it(`of ${count} is stored as it came, whatever is written meanwhile`, async () => {
      const heard: string[] = [];
      const lost: string[] = [];
      alice.on('message', ({ messages }) => {
        for (const { content } of messages) if (content.type === 'text') heard.push(content.text);
      });
      alice.connection.subscribe({ next: ({ status }) => lost.push(status) });
      const held = hold();
      const expected = Array.from({ length: count }, (_, index) => `message ${index}`);
      for (const text of expected) await core.post(PAIR, 'bob', 'text', { text });
      await waitUntil(() => held.count() === count, 'the burst');

      held.release();
      const own = await Promise.all(
        ['one', 'two', 'three'].map((text) => alice.sendText(PAIR, text)),
      );
      const window = alice.history(PAIR, { pageSize: 300 });
      const state = await until(
        window.state,
        ({ messages }) => messages.length === count + 4 && messages.every(({ seq }) => seq),
      );
      expect(texts(state)).to.deep.equal(['before', ...expected, 'one', 'two', 'three']);
      expect(own.map(({ id }) => id)).to.deep.equal(state.messages.slice(-3).map(({ id }) => id));
      await waitUntil(() => heard.length === count, 'the news of them');
      expect(heard).to.deep.equal(expected);
      expect(lost.filter((status) => status !== 'connected')).to.deep.equal([]);
    });
  }
});

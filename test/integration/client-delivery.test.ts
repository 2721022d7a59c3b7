import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { Message } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { isConnected, until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');

const isSent = ({ seq }: Message): boolean => seq !== undefined;

describe('delivery between two clients', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'mara');
  });

  afterEach(() => world.stop());

  /** What the server's log of the pair says. */
  async function log(): Promise<readonly string[]> {
    const events = await world.store.range(PAIR, 0, 10_000, 10_000);
    return events.map(({ body }) => (body as { text: string }).text);
  }

  /** Waits until the server has stored this many. */
  async function committed(count: number): Promise<void> {
    while ((await log()).length < count) await new Promise((resolve) => setImmediate(resolve));
  }

  test('keeps the order of what was written offline and what follows', async () => {
    const device = world.device('alice');
    world.online = false;
    const alice = world.client(device);
    const window = alice.history(PAIR);
    for (const text of ['a', 'b', 'c', 'd']) await alice.sendText(PAIR, text);
    const offline = await showing(window, ['a', 'b', 'c', 'd']);
    assert.ok(offline.messages.every(({ state }) => state.status === 'queued'));

    world.online = true;
    alice.reconnect();
    await connected(alice);
    await alice.sendText(PAIR, 'e');

    const bob = world.client(world.device('bob'));
    await showing(bob.history(PAIR), ['a', 'b', 'c', 'd', 'e']);
    const online = await showing(window, ['a', 'b', 'c', 'd', 'e']);
    assert.deepEqual(
      online.messages.map(({ id }) => id).slice(0, 4),
      offline.messages.map(({ id }) => id),
    );
    assert.deepEqual(await log(), ['a', 'b', 'c', 'd', 'e']);
  });

  test('sends once what was written before a reload', async () => {
    const device = world.device('alice');
    world.online = false;
    const before = world.client(device);
    await before.sendText(PAIR, 'Written in the tunnel');
    await before.destroy();

    world.online = true;
    const after = world.client(device);
    const window = after.history(PAIR);
    await until(window.state, ({ messages }) => messages[0]?.state.status === 'sent');
    assert.deepEqual(await log(), ['Written in the tunnel']);
  });

  test('shows what is stored without a connection and without a token', async () => {
    const device = world.device('alice');
    const before = await connected(world.client(device));
    await before.sendText(PAIR, 'Still here?');
    await until(before.conversation(PAIR), (conversation) => conversation?.lastSeq === 1);
    await before.destroy();

    world.online = false;
    const after = world.client(device, {}, { token: () => new Promise<string>(() => undefined) });
    await showing(after.history(PAIR), ['Still here?']);
    await until(after.conversations, ([first]) => first?.id === PAIR && first.title === 'Bob');
  });

  test('repeats what was not acknowledged, with the same bytes and without doubles', async () => {
    const gate = (world.gate = new Gate());
    gate.fromServer = ({ type }) => type !== 'ack';
    const alice = await connected(world.client(world.device('alice')));
    world.gate = undefined;
    for (const text of ['one', 'two', 'three']) await alice.sendText(PAIR, text);
    await eventually(() => gate.ofType('send').length === 3, 'three sends');
    await committed(3);

    gate.fromServer = () => true;
    world.gate = gate;
    world.cut();
    world.online = true;
    alice.reconnect();
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages.length === 3 && messages.every(isSent));
    await showing(window, ['one', 'two', 'three']);
    assert.deepEqual(await log(), ['one', 'two', 'three']);
  });

  test('resends byte for byte what the server never saw', async () => {
    const gate = (world.gate = new Gate());
    gate.fromClient = ({ type }) => type !== 'send';
    const alice = await connected(world.client(world.device('alice')));
    for (const text of ['one', 'two']) await alice.sendText(PAIR, text);
    await eventually(() => gate.ofType('send').length === 2, 'two sends');
    gate.fromClient = () => true;
    world.cut();
    world.online = true;
    alice.reconnect();
    await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 2);

    const bytes = gate.ofType('send').map((frame) => JSON.stringify({ ...frame, id: 0 }));
    assert.equal(bytes.length, 4);
    assert.deepEqual(bytes.slice(2), bytes.slice(0, 2));
    assert.deepEqual(await log(), ['one', 'two']);
  });

  test('asks for what a lost frame leaves out', async () => {
    const gate = new Gate();
    const alice = await connected(world.client(world.device('alice')));
    world.gate = gate;
    const bob = await connected(world.client(world.device('bob')));
    await alice.sendText(PAIR, 'first');
    const window = bob.history(PAIR);
    await showing(window, ['first']);

    gate.fromServer = (frame) => frame.type !== 'events';
    await alice.sendText(PAIR, 'lost on the way');
    await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 2);
    gate.fromServer = () => true;
    await alice.sendText(PAIR, 'third');
    await showing(window, ['first', 'lost on the way', 'third']);
  });

  test('takes acknowledgements that overtake the events before them', async () => {
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    world.gate = undefined;
    const bob = await connected(world.client(world.device('bob')));
    await bob.sendText(PAIR, 'hello');
    const window = alice.history(PAIR);
    await showing(window, ['hello']);

    gate.fromServer = (frame) => frame.type !== 'events' || frame['id'] !== undefined;
    await bob.sendText(PAIR, 'unheard');
    await until(bob.conversation(PAIR), (conversation) => conversation?.lastSeq === 2);
    await alice.sendText(PAIR, 'answer');
    const state = await showing(window, ['hello', 'unheard', 'answer']);
    assert.deepEqual(
      state.messages.map(({ seq }) => seq),
      [1, 2, 3],
    );
  });

  test('sets a refused message aside and sends those behind it', async () => {
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    const nowhere = c2cId('alice', 'nobody');
    const failures: string[] = [];
    alice.on('message-failed', ({ error }) => failures.push(error.code));
    const window = alice.history(nowhere);
    const refused = await alice.sendText(nowhere, 'Is anybody there?');
    await until(window.state, ({ messages }) => messages[0]?.state.status === 'failed');
    assert.deepEqual(failures, ['conversation/not-found']);

    await world.people('nobody');
    await alice.sendText(nowhere, 'Now there is.');
    await until(window.state, ({ messages }) => messages.some(({ seq }) => seq === 1));
    await alice.retry(nowhere, refused.id);
    await showing(window, ['Now there is.', 'Is anybody there?']);
    await until(window.state, ({ messages }) => messages[1]?.seq === 2);
    assert.deepEqual(
      gate.ofType('send').map(({ n }) => n),
      [0, 0, 1],
    );
  });

  test('forgets a queued message, and one that was refused', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const nowhere = c2cId('alice', 'nobody');
    const refused = await alice.sendText(nowhere, 'Hello?');
    const window = alice.history(nowhere);
    await until(window.state, ({ messages }) => messages[0]?.state.status === 'failed');
    await alice.discard(nowhere, refused.id);
    await showing(window, []);

    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    const dropped = await alice.sendText(PAIR, 'Better not');
    await alice.sendText(PAIR, 'Good morning');
    await alice.discard(PAIR, dropped.id);
    world.online = true;
    alice.reconnect();
    await until(alice.conversation(PAIR), (conversation) => conversation?.lastSeq === 1);
    assert.deepEqual(await log(), ['Good morning']);
  });

  test('loses nothing and doubles nothing over restarts of the server in the middle of sends', async () => {
    const alice = await connected(world.client(world.device('alice')));
    const bob = await connected(world.client(world.device('bob')));
    const expected: string[] = [];
    for (let round = 0; round < 8; round++) {
      for (let index = 0; index < 5; index++) {
        expected.push(`round ${round}, message ${index}`);
        await alice.sendText(PAIR, expected.at(-1) ?? '');
      }
      world.restart();
      alice.reconnect();
      bob.reconnect();
    }
    await showing(bob.history(PAIR, { pageSize: 100 }), expected);
    assert.deepEqual(await log(), expected);
    await until(alice.connection, isConnected);
  });

  test('lets go of a message that turns out to be far above what is here', async () => {
    const texts = Array.from({ length: 60 }, (_, index) => `Message ${index + 1}`);
    for (const text of texts) await world.core.post(PAIR, 'bob', 'text', { text });
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await showing(window, texts.slice(10));
    const sent: string[] = [];
    alice.on('message-sent', ({ messageId }) => sent.push(messageId));
    // As when an earlier installation has sent it, and this one does not know.
    gate.alter = (frame) => (frame.type === 'ack' ? { ...frame, seq: 5 } : frame);
    const { id } = await alice.sendText(PAIR, 'sent long ago');
    await eventually(() => sent.length > 0, 'the news of it');
    assert.deepEqual(sent, [id]);
    await showing(window, texts.slice(10));
  });

  test('goes on with all that it can read, and leaves no hole', async () => {
    const gate = (world.gate = new Gate());
    const alice = await connected(world.client(world.device('alice')));
    const window = alice.history(PAIR);
    await alice.sendText(PAIR, 'first');
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);
    const states: string[] = [];
    alice.connection.subscribe({ next: ({ status }) => states.push(status) });

    gate.alter = (frame) => {
      const text = JSON.stringify(frame['events'] ?? '');
      if (text.includes('at first') && frame['id'] === undefined) return { type: 'new' };
      if (!text.includes('beyond')) return frame;
      const [event, ...others] = frame['events'] as readonly object[];
      return { ...frame, events: [{ ...event, sender: '@robot' }, ...others] };
    };
    for (const text of ['beyond comprehension', 'not understood at first', 'fourth']) {
      await world.core.post(PAIR, 'bob', 'text', { text });
    }
    await showing(window, ['first', 'not understood at first', 'fourth']);
    const { messages } = await until(window.state, ({ loading }) => loading === undefined);
    assert.deepEqual(
      messages.map(({ seq, content }) => `${seq} ${content.type}`),
      ['1 text', '2 unknown', '3 text', '4 text'],
    );
    assert.ok(!states.includes('offline'), states.join());
  });

  test('connects although one of its conversations cannot be understood', async () => {
    await world.core.post(PAIR, 'bob', 'text', { text: 'first' });
    await world.core.post(c2cId('alice', 'mara'), 'mara', 'text', { text: 'second' });
    const gate = (world.gate = new Gate());
    gate.alter = (frame) => {
      if (frame.type !== 'heads') return frame;
      const [one, ...others] = frame['heads'] as readonly object[];
      return { ...frame, heads: [{ ...one, conversation: 'channel:news' }, ...others] };
    };
    const alice = await connected(world.client(world.device('alice')));
    const list = await until(alice.conversations, ({ length }) => length > 0);
    assert.equal(list.length, 1);
    assert.match(
      alice.exportLogs(),
      /"frame-partly-unreadable","type":"heads","field":"heads\[0\]"/,
    );
  });
});

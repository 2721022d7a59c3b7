import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ConnectionState, ImClient, Progress } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { FakeBrowser } from '../helpers/fake-tabs.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');
const ROOM = 'group:book-club';

/** Counts whenever something moves: the time in which nothing is told takes none. */
const eager: Environment['schedule'] = (delayMs, task) =>
  RUNTIME.schedule(delayMs === 250 ? 0 : delayMs, task);

describe('the progress of a catch-up', () => {
  let world: World;
  let device: Device;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    await world.core.createPair('alice', 'bob');
    await world.core.createGroup({ id: ROOM, name: 'Book club', members: ['alice', 'bob'] });
    device = world.device('alice');
  });

  afterEach(() => world.stop());

  async function say(conversation: string, count: number): Promise<void> {
    const bodies = Array.from({ length: count }, (_, index) => ({ text: `Page ${index + 1}` }));
    await Promise.all(bodies.map((body) => world.core.post(conversation, 'bob', 'text', body)));
  }

  /** A client that comes back after it has missed 3,000 messages, and all that it tells. */
  async function comeBack(
    client: ImClient,
    watched: ImClient = client,
  ): Promise<readonly ConnectionState[]> {
    await until(client.conversation(PAIR), (pair) => pair !== undefined);
    await until(client.conversation(ROOM), (room) => room?.lastSeq === 1);
    world.cut();
    await until(watched.connection, ({ status }) => status === 'offline');
    await say(PAIR, 2_000);
    await say(ROOM, 1_000);
    const states: ConnectionState[] = [];
    watched.connection.subscribe({ next: (state) => states.push(state) });
    world.online = true;
    client.reconnect();
    await until(watched.connection, ({ status }) => status === 'catching-up');
    await connected(watched);
    return states;
  }

  const steps = (states: readonly ConnectionState[]): readonly Progress[] =>
    states.flatMap((state) => (state.status === 'catching-up' ? [state] : []));

  function assertRising(told: readonly Progress[]): void {
    for (const [index, { done, total }] of told.entries()) {
      const before = told[index - 1];
      assert.ok(done <= total, `${done} of ${total}`);
      if (!before) continue;
      assert.ok(done >= before.done, `done falls from ${before.done} to ${done}`);
      assert.ok(total >= before.total, `total falls from ${before.total} to ${total}`);
    }
  }

  test('rises with the messages that come, to all that were missed, and ends connected', async () => {
    const alice = await connected(world.client(device, { schedule: eager }));
    const states = await comeBack(alice);
    const told = steps(states);
    assertRising(told);
    const last = told.at(-1);
    assert.deepEqual([last?.done, last?.total], [3_000, 3_000]);
    assert.ok(new Set(told.map(({ done }) => done)).size > 8, 'many steps');
    assert.equal(states.at(-1)?.status, 'connected');
  });

  test('is told a few times a second, however fast pages come', async () => {
    const due: (() => void)[] = [];
    const schedule: Environment['schedule'] = (delayMs, task) => {
      if (delayMs !== 250) return RUNTIME.schedule(delayMs, task);
      due.push(task);
      return () => undefined;
    };
    const alice = await connected(world.client(device, { schedule }));
    due.splice(0).forEach((task) => task());
    const told = steps(await comeBack(alice));
    assert.equal(told.length, 1, 'the moment does not pass');
  });

  test('begins anew with the next connection', async () => {
    const alice = await connected(world.client(device));
    await comeBack(alice);
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await say(ROOM, 20);
    const states: ConnectionState[] = [];
    alice.connection.subscribe({ next: (state) => states.push(state) });
    world.online = true;
    alice.reconnect();
    await until(alice.connection, ({ status }) => status === 'catching-up');
    await connected(alice);
    assert.ok(steps(states).every(({ total }) => total <= 20));
  });

  test('is the same in a tab that follows', async () => {
    const browser = new FakeBrowser();
    const open = (): ImClient =>
      world.client(device, { ...browser.tab().environment, schedule: eager });
    const [first, second] = [await connected(open()), await connected(open())];
    const states: ConnectionState[] = [];
    first.connection.subscribe({ next: (state) => states.push(state) });
    const told = steps(await comeBack(first, second));
    assertRising(told);
    assert.deepEqual(told, steps(states));
    assert.ok(told.some(({ total }) => total > 0));
  });
});

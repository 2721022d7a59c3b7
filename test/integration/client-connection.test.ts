import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ConnectionState, SocketLike } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { TIMES } from '../../src/protocol/limits.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');

/** Timers that the test fires by hand; those of the transport's answers run by themselves. */
class Timers {
  now = 1_800_000_000_000;
  readonly #waiting: { readonly at: number; readonly task: () => void }[] = [];

  readonly environment: Partial<Environment> = {
    now: () => this.now,
    random: () => 0.5,
    schedule: (delayMs, task) => {
      const entry = { at: this.now + delayMs, task };
      if (delayMs === 0) return RUNTIME.schedule(0, task);
      this.#waiting.push(entry);
      return () => {
        const index = this.#waiting.indexOf(entry);
        if (index >= 0) this.#waiting.splice(index, 1);
      };
    },
  };

  get count(): number {
    return this.#waiting.length;
  }

  /** Lets time pass, in steps as timers come due; what they set off gets its turn in between. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (;;) {
      this.#waiting.sort((one, other) => one.at - other.at);
      const next = this.#waiting[0];
      if (!next || next.at > end) break;
      this.#waiting.shift();
      this.now = Math.max(this.now, next.at);
      next.task();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    this.now = end;
  }

  /** Time jumps, as when a machine wakes up; timers come late. */
  async sleep(ms: number): Promise<void> {
    this.now += ms;
    await this.pass(0);
  }
}

describe('the connection of a client', () => {
  let world: World;
  let timers: Timers;

  beforeEach(async () => {
    world = new World();
    timers = new Timers();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  test('asks the provider again when a token has run out, and goes on', async () => {
    world.expired.add('alice#old');
    const tokens = ['alice#old', 'alice#new'];
    const alice = world.client(world.device('alice'), {}, { token: () => tokens.shift() ?? '' });
    const expired: string[] = [];
    alice.on('token-expired', ({ error }) => expired.push(error.code));
    await connected(alice);
    assert.deepEqual(expired, ['auth/token-expired']);
    assert.deepEqual(tokens, []);
  });

  test('does not storm a provider that gives stale tokens', async () => {
    world.expired.add('alice#old');
    const asked: number[] = [];
    const alice = world.client(world.device('alice'), timers.environment, {
      token: () => {
        asked.push(timers.now);
        return 'alice#old';
      },
    });
    await until(alice.connection, ({ status }) => status === 'offline');
    const atOnce = asked.length;
    assert.equal(atOnce, 2);
    await timers.pass(10_000);
    assert.ok(asked.length <= 10, `asked ${asked.length} times in ten seconds`);
  });

  test('stops at a token of the page that has run out, and goes on with a new one', async () => {
    world.expired.add('alice#old');
    const alice = world.client(world.device('alice'), {}, { token: 'alice#old' });
    const state = await until(alice.connection, ({ status }) => status === 'refused');
    assert.equal(state.status === 'refused' && state.error.code, 'auth/token-expired');
    await alice.sendText(PAIR, 'written meanwhile');
    alice.setToken('alice#new');
    await connected(alice);
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
  });

  test('learns who it speaks for from the token', async () => {
    const payload = Buffer.from(JSON.stringify({ sub: 'alice', name: '爱丽丝' })).toString(
      'base64url',
    );
    const device = world.device('alice');
    const token = `alice#.${payload}.c2ln`;
    const known = world.clientByToken(device, token);
    assert.equal(known.userId, 'alice');
    await connected(known);
    await known.destroy();

    const asked = world.clientByToken(device, async () => token);
    assert.equal(asked.userId, '');
    await connected(asked);
    assert.equal(asked.userId, 'alice');
  });

  test('comes back by itself within five seconds of a short outage', async () => {
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await timers.pass(30_000);
    world.online = true;
    await timers.pass(5_000);
    await connected(alice);
  });

  test('waits as long as a server that stops asks for', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    await world.core.drain();
    const state = await until(alice.connection, ({ status }) => status === 'offline');
    assert.ok(state.status === 'offline');
    assert.equal(state.error.code, 'server/shutting-down');
    assert.ok((state.error.retryAfterMs ?? 0) > 0);
    assert.ok(state.retryAt - timers.now >= (state.error.retryAfterMs ?? 0));
    assert.equal(gate.ofType('hello').length, 1);
  });

  test('gives up a socket that has gone silent, and gets what it missed', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    const window = alice.history(PAIR);
    await world.core.post(PAIR, 'bob', 'text', { text: 'before' });
    await showing(window, ['before']);

    for (const socket of world.sockets) socket.drop();
    await world.core.post(PAIR, 'bob', 'text', { text: 'unheard' });
    await timers.pass(15_000 + 10_000);
    await timers.pass(3_000);
    await showing(window, ['before', 'unheard']);
    assert.equal(gate.ofType('hello').length, 2);
  });

  test('doubts its socket after a sleep, and is back within five seconds and a retry', async () => {
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    const window = alice.history(PAIR);
    await until(window.state, ({ loading }) => loading === undefined);
    for (const socket of world.sockets) socket.drop();
    for (let index = 0; index < 5; index++) {
      await world.core.post(PAIR, 'bob', 'text', { text: `missed ${index}` });
    }
    await timers.sleep(600_000);
    await timers.pass(5_500);
    await until(window.state, ({ messages }) => messages.length === 5);
  });

  test('tries again at once when the page wakes up', async () => {
    let wake = (): void => undefined;
    world.online = false;
    const alice = world.client(world.device('alice'), {
      ...timers.environment,
      watchPage: (listener) => {
        wake = listener;
        return () => undefined;
      },
    });
    await until(alice.connection, ({ status }) => status === 'offline');
    world.online = true;
    wake();
    await connected(alice);
  });

  test('hears within one heartbeat of the very last event, whose frame the server has skipped', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    await world.core.post(PAIR, 'bob', 'text', { text: 'heard' });
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    const window = alice.history(PAIR);
    await showing(window, ['heard']);

    gate.fromServer = ({ type }) => type !== 'events';
    await world.core.post(PAIR, 'bob', 'text', { text: 'the very last' });
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    gate.fromServer = () => true;
    await timers.pass(TIMES.heartbeatMs);
    assert.equal(gate.ofType('ping').length, 1);
    await showing(window, ['heard', 'the very last']);
  });

  test('follows a server that has lost its data', async () => {
    const device = world.device('alice');
    const before = await connected(world.client(device));
    for (const text of ['one', 'two', 'three']) await before.sendText(PAIR, text);
    await until(before.conversation(PAIR), (pair) => pair?.lastSeq === 3);
    await before.destroy();

    world = new World();
    await world.people('alice', 'bob');
    await world.core.post(PAIR, 'bob', 'text', { text: 'A new beginning' });
    const after = world.client(device);
    const window = after.history(PAIR);
    await showing(window, ['A new beginning']);
    await after.sendText(PAIR, 'Indeed');
    const bob = await connected(world.client(world.device('bob')));
    await showing(bob.history(PAIR), ['A new beginning', 'Indeed']);
    await showing(window, ['A new beginning', 'Indeed']);
  });

  test('has no more than one socket, and none after it is destroyed', async () => {
    const open = new Set<SocketLike>();
    const counting = (): SocketLike => {
      const socket = world.open();
      const close = socket.close.bind(socket);
      open.add(socket);
      socket.close = (code, reason) => {
        open.delete(socket);
        close(code, reason);
      };
      return socket;
    };
    const device = world.device('alice');
    for (let round = 0; round < 5; round++) {
      const client = world.client(device, {}, { openSocket: counting });
      if (round % 2) await connected(client);
      assert.ok(open.size <= 1);
      await client.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(open.size, 0);
  });

  test('leaves no timer behind', async () => {
    const alice = world.client(world.device('alice'), timers.environment);
    await connected(alice);
    const window = alice.history(PAIR);
    await alice.sendText(PAIR, 'last words');
    await until(window.state, ({ messages }) => messages[0]?.seq === 1);
    await alice.destroy();
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(timers.count, 0);
    await assert.rejects(alice.sendText(PAIR, 'too late'), { code: 'client/destroyed' });
    const states: ConnectionState[] = [];
    alice.connection.subscribe({ next: (state) => states.push(state) });
    await eventually(() => states.length > 0, 'a state');
    assert.deepEqual(states, [{ status: 'stopped' }]);
  });

  test('lets a process end by itself', async () => {
    const script = fileURLToPath(new URL('../fixtures/client-that-ends.ts', import.meta.url));
    const { stdout: output } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', script],
      { timeout: 20_000 },
    );
    assert.equal(output.trim(), 'sent and gone');
  });
});

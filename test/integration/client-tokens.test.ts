import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ConnectionState } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { isConnected, until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

const never = (): Promise<string> => new Promise<string>(() => undefined);

describe('the tokens of a client', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    world.expired.add('alice#old');
  });

  afterEach(() => world.stop());

  test('may be replaced as soon as one is said to have run out', async () => {
    const alice = world.client(world.device('alice'), {}, { token: 'alice#old' });
    alice.on('token-expired', () => alice.setToken('alice#new'));
    await connected(alice);
  });

  test('do not storm the server when the replacement has run out as well', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), { random: () => 1 }, { token: 'alice#old' });
    alice.on('token-expired', () => alice.setToken('alice#old'));
    await until(alice.connection, ({ status }) => status === 'offline');
    assert.equal(gate.ofType('hello').length, 2);
  });

  test('may be replaced while one is being tried', async () => {
    const gate = (world.gate = new Gate());
    const alice = world.client(world.device('alice'), {}, { token: 'alice#old' });
    const expired: string[] = [];
    alice.on('token-expired', ({ error }) => expired.push(error.code));
    gate.fromClient = ({ token }) => {
      if (token === 'alice#old') alice.setToken('alice#new');
      return true;
    };
    await connected(alice);
    // The page has done already what it would be asked for.
    assert.deepEqual(expired, []);
  });

  test('may be replaced while a provider hangs', async () => {
    const alice = world.client(world.device('alice'), {}, { token: never });
    await until(alice.connection, ({ status }) => status === 'connecting');
    alice.setToken('alice#new');
    await connected(alice);
  });

  test('are asked for again on request', async () => {
    const answers = [never, () => 'alice#new'];
    const token = (): string | Promise<string> => answers.shift()?.() ?? '';
    const alice = world.client(world.device('alice'), {}, { token });
    await eventually(() => answers.length === 1, 'a question for a token');
    alice.reconnect();
    await connected(alice);
    assert.equal(answers.length, 0);
  });

  test('hold up no end', async () => {
    const alice = world.client(world.device('alice'), {}, { token: never });
    await until(alice.connection, ({ status }) => status === 'connecting');
    await alice.destroy();
    await until(alice.connection, ({ status }) => status === 'stopped');
  });

  test('say who it is when the page gives an empty id', async () => {
    const device = world.device('alice');
    const payload = Buffer.from(JSON.stringify({ sub: 'alice' })).toString('base64url');
    const token = async (): Promise<string> => `alice#.${payload}.c2ln`;
    const alice = await connected(world.clientByToken(device, token, {}, { userId: '' }));
    assert.equal(alice.userId, 'alice');
    const names = await device.idb.databases();
    assert.deepEqual(
      names.map(({ name }) => name),
      ['im-kit/chat.test/alice'],
    );
  });

  test('are not even tried for an id that nobody can have', () => {
    assert.throws(() => world.client(world.device('al/ice')), {
      code: 'request/invalid',
      field: 'userId',
    });
  });

  test('that cannot be had leave a trace in the log', async () => {
    const token = async (): Promise<string> => {
      throw new TypeError('Failed to fetch');
    };
    const alice = world.client(world.device('alice'), {}, { token });
    await until(alice.connection, ({ status }) => status === 'offline');
    assert.match(alice.exportLogs(), /"event":"token-failed","error":"TypeError"/);
  });
});

describe('what a client says of its connection', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  test('is told as an event, too', async () => {
    const alice = world.client(world.device('alice'));
    const heard: string[] = [];
    alice.on('connection-change', ({ status }) => heard.push(status));
    await connected(alice);
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    await alice.destroy();
    await until(alice.connection, ({ status }) => status === 'stopped');
    assert.equal(heard[0], 'connecting');
    assert.ok(heard.includes('connected') && heard.includes('offline'));
    assert.equal(heard.at(-1), 'stopped');
  });

  test('is complete only when everything is there', async () => {
    await world.core.post(PAIR, 'bob', 'text', { text: 'first' });
    const alice = world.client(world.device('alice'));
    const states: ConnectionState['status'][] = [];
    alice.connection.subscribe({ next: ({ status }) => states.push(status) });
    await until(alice.connection, isConnected);
    const pair = await until(alice.conversation(PAIR), () => true);
    assert.equal(pair?.last?.content.type, 'text');
    assert.deepEqual(states, ['connecting', 'catching-up', 'connected']);
  });

  test('leaves a trace in the log when no socket can be opened', async () => {
    world.online = false;
    const alice = world.client(world.device('alice'));
    await until(alice.connection, ({ status }) => status === 'offline');
    assert.match(alice.exportLogs(), /"event":"socket-failed"/);
  });
});

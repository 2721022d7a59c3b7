import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { PROTOCOL_VERSION } from '../../src/protocol/version.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

describe('a client of today at a server that does not know its version', () => {
  let world: World;
  let gate: Gate;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    gate = world.gate = new Gate();
  });

  afterEach(() => world.stop());

  /** Makes the server one that speaks nothing newer. */
  function speakAtMost(newest: number): void {
    gate.fromClient = ({ type, id, version }) => {
      if (type !== 'hello' || Number(version) <= newest) return true;
      const socket = world.sockets.at(-1)!;
      const code = 'protocol/unsupported-version';
      const data = JSON.stringify({ type: 'error', id, code, message: `Up to ${newest}.` });
      queueMicrotask(() => {
        socket.onmessage?.({ data });
        socket.close(4010, code);
      });
      return false;
    };
  }

  const versions = (): readonly unknown[] => gate.ofType('hello').map(({ version }) => version);
  const downFrom = (newest: number, oldest: number): readonly number[] =>
    Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);

  test('goes down to a version that both speak, and works with it', async () => {
    speakAtMost(1);
    const states: string[] = [];
    const alice = world.client(world.device('alice'));
    alice.connection.subscribe({ next: ({ status }) => states.push(status) });
    await connected(alice);
    assert.ok(versions().length > 1);
    assert.deepEqual(versions(), downFrom(PROTOCOL_VERSION, 1));
    assert.ok(!states.includes('refused') && !states.includes('offline'), states.join());
    await alice.sendText(PAIR, 'Hello, old friend');
    await until(alice.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await showing(alice.history(PAIR), ['Hello, old friend']);
  });

  test('speaks the newest again once the server is a newer one', async () => {
    speakAtMost(1);
    const alice = await connected(world.client(world.device('alice')));
    gate.sent.length = 0;
    gate.fromClient = () => true;
    world.restart();
    await until(alice.connection, ({ status }) => status === 'offline');
    alice.reconnect();
    await connected(alice);
    assert.deepEqual(versions(), [PROTOCOL_VERSION]);
  });

  test('says that it is refused when there is none, and starts from the newest when asked', async () => {
    speakAtMost(0);
    const alice = world.client(world.device('alice'));
    const state = await until(alice.connection, ({ status }) => status === 'refused');
    assert.equal(state.status === 'refused' && state.error.code, 'protocol/unsupported-version');
    assert.deepEqual(versions(), downFrom(PROTOCOL_VERSION, 1));
    speakAtMost(PROTOCOL_VERSION);
    alice.reconnect();
    await connected(alice);
    assert.deepEqual(versions(), [...downFrom(PROTOCOL_VERSION, 1), PROTOCOL_VERSION]);
  });
});

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ImClient } from '../../src/client/public.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { texts, until } from '../helpers/live.js';

const ROOMS = Array.from({ length: 12 }, (_, index) => `group:room-${10 + index}`);
const MISSED = 650;
/** The first in the order in which they are fetched is the one that was active last. */
const LAST_SERVED = ROOMS[0]!;

describe('a client that has missed much', () => {
  let world: World;
  let gate: Gate;
  let alice: ImClient;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    for (const id of ROOMS) {
      await world.core.createGroup({ id, name: id, members: ['alice', 'bob'] });
    }
    gate = world.gate = new Gate();
    alice = await connected(world.client(world.device('alice')));
    await eventually(() => gate.ofType('range').length === ROOMS.length, 'the first pages');
    world.cut();
    await until(alice.connection, ({ status }) => status === 'offline');
    for (const id of ROOMS) {
      const said = Array.from({ length: MISSED }, (_, index) => ({ text: `${id} ${index + 1}` }));
      await Promise.all(said.map((body) => world.core.post(id, 'bob', 'text', body)));
    }
    gate.sent.length = 0;
    world.online = true;
  });

  afterEach(() => world.stop());

  const asked = (): readonly string[] =>
    gate.ofType('range').map(({ conversation }) => String(conversation));

  test('serves a window next that is opened meanwhile, whatever takes its time', async () => {
    gate.fromServer = ({ type, id, conversation }) =>
      type !== 'events' || id === undefined || conversation === LAST_SERVED;
    alice.reconnect();
    await eventually(() => asked().length === 4, 'as many are asked for as may be at once');
    assert.ok(!asked().includes(LAST_SERVED));
    const window = alice.history(LAST_SERVED);
    const shown = await until(
      window.state,
      (state) => texts(state).includes(`${LAST_SERVED} ${MISSED}`),
      8_000,
    );
    assert.equal(shown.messages.at(-1)?.seq, MISSED + 1);
    assert.equal(asked()[4], LAST_SERVED);
  });

  test('has one question a conversation on its way at most, and a few in all', async () => {
    const waiting = new Map<number, string>();
    let [most, doubled] = [0, 0];
    gate.fromClient = ({ type, id, conversation }) => {
      if (type !== 'range') return true;
      if ([...waiting.values()].includes(String(conversation))) doubled++;
      waiting.set(Number(id), String(conversation));
      most = Math.max(most, waiting.size);
      return true;
    };
    gate.fromServer = ({ id }) => {
      waiting.delete(Number(id));
      return true;
    };
    alice.reconnect();
    await connected(alice);
    assert.equal(doubled, 0);
    assert.ok(most <= 4, `${most} at once`);
    for (const id of ROOMS) {
      const row = await until(alice.conversation(id), (room) => room?.lastSeq === MISSED + 1);
      assert.equal(row?.unread, 100);
    }
  });
});

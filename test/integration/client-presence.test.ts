import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { ImClient, Presence } from '../../src/client/public.js';
import { TIMES } from '../../src/protocol/limits.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

describe('the presence of people', () => {
  let world: World;
  let alice: ImClient;
  let gate: Gate;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'lin');
    await world.core.createPair('alice', 'bob');
    gate = world.gate = new Gate();
    alice = await connected(world.client(world.device('alice')));
    world.gate = undefined;
  });

  afterEach(() => world.stop());

  const state = (user: string, wanted: Presence['state']): Promise<Presence> =>
    until(alice.presence(user), (presence) => presence.state === wanted);

  test('is told while somebody observes it', async () => {
    const bob = await connected(world.client(world.device('bob')));
    const states: string[] = [];
    const end = alice.presence('bob').subscribe({ next: (one) => states.push(one.state) });
    await eventually(() => states.at(-1) === 'online', 'Bob is online');
    assert.deepEqual(states, ['unknown', 'online']);
    assert.deepEqual(
      gate.ofType('watch').map(({ users }) => users),
      [['bob']],
    );
    end.unsubscribe();
    await eventually(() => gate.ofType('watch').length === 2, 'Bob is watched no more');
    assert.deepEqual(gate.ofType('watch').at(-1)?.['users'], []);
    await bob.destroy();
  });

  test('is unknown without a connection, and told again with the next one', async () => {
    await connected(world.client(world.device('bob')));
    const states: string[] = [];
    alice.presence('bob').subscribe({ next: (one) => states.push(one.state) });
    await eventually(() => states.at(-1) === 'online', 'Bob is online');
    world.cut();
    await eventually(() => states.at(-1) === 'unknown', 'nothing is known');
    world.online = true;
    alice.reconnect();
    await eventually(() => states.at(-1) !== 'unknown', 'it is told again');
  });

  test('has the time of a departure', async () => {
    const bob = await connected(world.client(world.device('bob')));
    await state('bob', 'online');
    const observed = alice.presence('bob').subscribe({ next: () => undefined });
    await bob.destroy();
    const { seenAt = 0 } = await state('bob', 'offline');
    assert.ok(Math.abs(Date.now() - TIMES.presenceGraceMs - seenAt) < 3_000, `${seenAt}`);
    observed.unsubscribe();
  });

  test('is away when nobody has used a device for a while, and back at a touch', async () => {
    let touch = (): void => undefined;
    let tick = (): void => undefined;
    let passedMs = 0;
    const environment = {
      now: () => Date.now() + passedMs,
      watchUse: (told: () => void) => {
        touch = told;
        return () => undefined;
      },
      schedule: (delayMs: number, task: () => void) => {
        if (delayMs === TIMES.awayAfterMs) {
          tick = task;
          return () => undefined;
        }
        const timer = setTimeout(task, delayMs);
        return () => clearTimeout(timer);
      },
    };
    await connected(world.client(world.device('bob'), environment));
    await state('bob', 'online');
    passedMs = TIMES.awayAfterMs;
    tick();
    await state('bob', 'away');
    touch();
    await state('bob', 'online');
  });

  test('is not told of strangers, nor of who hides', async () => {
    await connected(world.client(world.device('lin')));
    await connected(world.client(world.device('bob'), {}, { presence: false }));
    assert.deepEqual(await state('lin', 'offline'), { state: 'offline', seenAt: undefined });
    assert.deepEqual(await state('bob', 'offline'), { state: 'offline', seenAt: undefined });
  });
});

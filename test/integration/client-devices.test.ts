import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import type { ImClient } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

/** Why a client was sent away, once it says so. */
async function refusal(client: ImClient): Promise<string> {
  const state = await until(client.connection, ({ status }) => status === 'refused');
  return state.status === 'refused' ? state.error.code : '';
}

describe('a device that is signed out from another one', () => {
  let world: World;
  let laptop: ImClient;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    laptop = await connected(
      world.client(world.device('alice'), {}, { deviceLabel: 'Chrome on macOS', platform: 'web' }),
    );
    await laptop.sendText(PAIR, 'Shall we meet at the kiln?');
  });

  afterEach(() => world.stop());

  const phone = async (options: object = {}): Promise<[ImClient, string[]]> => {
    const about = { deviceLabel: 'Safari on iPhone', platform: 'mobile', ...options } as const;
    const client = await connected(world.client(world.device('alice'), {}, about));
    await until(client.conversations, ({ length }) => length === 1);
    const kicked: string[] = [];
    client.on('kicked', ({ error }) => kicked.push(error.code));
    return [client, kicked];
  };

  const signOutPhone = async (): Promise<void> => {
    const devices = await laptop.devices();
    assert.deepEqual(
      devices.map(({ label, platform, current, online }) => [label, platform, current, online]),
      [
        ['Safari on iPhone', 'mobile', false, true],
        ['Chrome on macOS', 'web', true, true],
      ],
    );
    await laptop.signOutDevice(devices.find(({ current }) => !current)!.id);
  };

  test('says so, forgets everything, and stays away until the page gives a token', async () => {
    const [client, kicked] = await phone();
    const history = client.history(PAIR);
    await showing(history, ['Shall we meet at the kiln?']);
    const gate = (world.gate = new Gate());
    await signOutPhone();
    assert.equal(await refusal(client), 'device/signed-out');
    assert.deepEqual(kicked, ['device/signed-out']);
    await until(client.conversations, ({ length }) => length === 0);
    await showing(history, []);
    client.reconnect();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(gate.ofType('hello').length, 0);
    client.setToken('alice');
    await connected(client);
    await until(client.conversations, ({ length }) => length === 1);
    const devices = await laptop.devices();
    assert.equal(devices.length, 2, 'the old one is not listed any more');
    assert.ok(devices.every(({ online }) => online));
  });

  test('keeps what it has when the page wants that, and what waits to be sent as well', async () => {
    const [client] = await phone({ keepWhenSignedOut: true });
    await signOutPhone();
    assert.equal(await refusal(client), 'device/signed-out');
    await until(client.conversations, ({ length }) => length === 1);
    await client.sendText(PAIR, 'I bring the clay.');
    client.setToken('alice');
    await connected(client);
    const history = laptop.history(PAIR);
    await showing(history, ['Shall we meet at the kiln?', 'I bring the clay.']);
  });

  test('is refused when it was away meanwhile, and forgets everything then', async () => {
    const device = world.device('alice');
    const before = await connected(world.client(device, {}, { deviceLabel: 'Safari on iPhone' }));
    await until(before.conversations, ({ length }) => length === 1);
    await before.destroy();
    const { id } = (await laptop.devices()).find(({ current }) => !current)!;
    await laptop.signOutDevice(id);
    const after = world.client(device);
    assert.equal(await refusal(after), 'device/signed-out');
    await until(after.conversations, ({ length }) => length === 0);
  });

  test('is a device of this person, and one that is known', async () => {
    await assert.rejects(laptop.signOutDevice('nothing'), { code: 'device/not-found' });
    world.cut();
    await until(laptop.connection, ({ status }) => status !== 'connected');
    await assert.rejects(laptop.devices(), { code: 'connection/offline' });
  });
});

describe('a device whose place another one has taken', () => {
  test('says so, is not brought back by a page that wakes, but by its user', async () => {
    const world = new World(new MemoryStore(), { maxDevices: { all: 1 } });
    await world.people('alice');
    let wake = (): void => undefined;
    const watchPage = (told: () => void): (() => void) => {
      wake = told;
      return () => undefined;
    };
    const first = await connected(world.client(world.device('alice'), { watchPage }));
    const kicked: string[] = [];
    first.on('kicked', ({ error }) => kicked.push(error.code));
    const second = await connected(world.client(world.device('alice')));
    assert.equal(await refusal(first), 'device/kicked');
    assert.deepEqual(kicked, ['device/kicked']);
    wake();
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.equal(await refusal(first), 'device/kicked');
    first.reconnect();
    await connected(first);
    assert.equal(await refusal(second), 'device/kicked');
    await world.stop();
  });
});

describe('a token that is revoked', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    world.issued.set('alice#fresh', Date.now() + 60_000);
  });

  afterEach(() => world.stop());

  test('is replaced by the provider at once, and what waits is sent', async () => {
    const asked: string[] = [];
    const token = (): string => {
      asked.push('alice#fresh');
      return asked.length === 1 ? 'alice#old' : 'alice#fresh';
    };
    const alice = await connected(world.client(world.device('alice'), {}, { token }));
    const bob = await connected(world.client(world.device('bob')));
    const expired: string[] = [];
    alice.on('token-expired', ({ error }) => expired.push(error.code));
    await world.core.revokeTokens('alice');
    await alice.sendText(PAIR, 'Still here');
    await showing(bob.history(PAIR), ['Still here']);
    assert.deepEqual([asked.length, expired], [2, ['auth/token-revoked']]);
  });

  test('is not asked for again and again where the provider has no other', async () => {
    let asked = 0;
    const token = (): string => {
      asked++;
      return 'alice#old';
    };
    const alice = await connected(world.client(world.device('alice'), {}, { token }));
    await world.core.revokeTokens('alice');
    assert.equal(await refusal(alice), 'auth/token-revoked');
    assert.equal(asked, 2);
  });

  test('keeps the queue until the page gives another one', async () => {
    const alice = await connected(
      world.client(world.device('alice'), {}, { token: 'alice#old', userId: 'alice' }),
    );
    await world.core.revokeTokens('alice');
    assert.equal(await refusal(alice), 'auth/token-revoked');
    await alice.sendText(PAIR, 'Written meanwhile');
    alice.setToken('alice#fresh');
    const bob = await connected(world.client(world.device('bob')));
    await showing(bob.history(PAIR), ['Written meanwhile']);
  });
});

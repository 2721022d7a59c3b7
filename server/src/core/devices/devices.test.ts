import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { LIMITS, TIMES } from '../../../../src/protocol/limits.js';
import { Device, settle, TestCore } from '../../../../test/helpers/core-device.js';

/** What somebody is told who says hello and is turned away. */
async function turnedAway(world: TestCore, token: string, device: string): Promise<unknown[]> {
  const peer = new Device(world.core);
  const hello = { type: 'hello', version: 2, token, device };
  const { code } = await peer.ask('error', hello);
  return [code, peer.closed];
}

describe('the devices of a person', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
  });

  test('are listed with what they are, last seen first, and without those of others', async () => {
    const [start] = [world.now];
    await world.connect('alice', 'phone', 2, { label: ' Safari on iPhone ', platform: 'mobile' });
    await world.connect('bob', 'his');
    await settle();
    world.pass(2_000);
    const laptop = await world.connect('alice', 'laptop', 2, { label: 'Chrome on macOS' });
    await settle();
    const { devices } = await laptop.ask('devices', { type: 'devices' });
    const seen = { createdAt: start + 2_000, seenAt: start + 2_000, online: true };
    assert.deepEqual(devices, [
      { id: 'laptop', label: 'Chrome on macOS', platform: 'web', ...seen, current: true },
      {
        id: 'phone',
        label: 'Safari on iPhone',
        platform: 'mobile',
        ...{ createdAt: start, seenAt: start, online: true, current: false },
      },
    ]);
  });

  test('keep their beginning, and say anew what they are', async () => {
    const start = world.now;
    const before = await world.connect('alice', 'laptop', 2, { label: 'Chrome on macOS' });
    await settle();
    before.session.closed();
    world.pass(5_000);
    const laptop = await world.connect('alice', 'laptop', 2, {
      label: 'Edge on macOS',
      platform: 'tv',
    });
    await settle();
    const { devices } = await laptop.ask('devices', { type: 'devices' });
    assert.deepEqual(
      devices.map(({ label, platform, createdAt, seenAt }) => [label, platform, createdAt, seenAt]),
      [['Edge on macOS', 'web', start, start + 5_000]],
    );
  });

  test('are written down when they come, and when they go after a while, not in between', async () => {
    const start = world.now;
    const laptop = await world.connect('alice', 'laptop');
    await settle();
    const { commits } = world.store;
    laptop.session.closed();
    const again = await world.connect('alice', 'laptop');
    await settle();
    assert.equal(world.store.commits, commits, 'a short reconnect costs no commit');
    for (let one = 0; one < 4; one++) {
      again.say({ type: 'ping' });
      world.pass(TIMES.seenStepMs / 3);
    }
    assert.equal(again.closed, CLOSE.unauthorized, 'its token has run out');
    await settle();
    const [stored] = await world.store.devices.of('alice');
    assert.ok((stored?.seenAt ?? 0) >= start + TIMES.seenStepMs);
  });

  test('are forgotten from the one unused for longest when there are too many', async () => {
    for (let index = 0; index < LIMITS.devices + 5; index++) {
      const device = await world.connect('alice', `d${index}`);
      device.session.closed();
      await settle();
      world.pass(1_000);
    }
    const ids = (await world.store.devices.of('alice')).map(({ id }) => id);
    assert.equal(ids.length, LIMITS.devices);
    assert.equal(ids[0], `d${LIMITS.devices + 4}`);
    assert.equal(ids.at(-1), 'd5');
  });

  test('are signed out by another: told why, closed, and refused from then on', async () => {
    const phone = await world.connect('alice', 'phone');
    const laptop = await world.connect('alice', 'laptop');
    await settle();
    await laptop.ask('done', { type: 'sign-out', device: 'phone' });
    assert.deepEqual([phone.pushed('bye')[0]?.code, phone.closed], ['device/signed-out', 4011]);
    const refusal = ['device/signed-out', CLOSE.signedOut];
    assert.deepEqual(await turnedAway(world, 'alice', 'phone'), refusal);
    world.restart();
    assert.deepEqual(await turnedAway(world, 'alice', 'phone'), refusal);
    await world.connect('alice', 'tablet');
    await settle();
    const laptopAgain = await world.connect('alice', 'laptop');
    const { devices } = await laptopAgain.ask('devices', { type: 'devices' });
    assert.deepEqual(devices.map(({ id }) => id).sort(), ['laptop', 'tablet']);
  });

  test('are no business of others', async () => {
    await world.connect('alice', 'phone');
    const bob = await world.connect('bob');
    await settle();
    const refusal = await bob.ask('error', { type: 'sign-out', device: 'phone' });
    assert.equal(refusal.code, 'device/not-found');
  });

  test('answer whoever signs out the device that asks, before it goes', async () => {
    const phone = await world.connect('alice', 'phone');
    await settle();
    await phone.ask('done', { type: 'sign-out', device: 'phone' });
    assert.deepEqual(
      phone.frames.map(({ type }) => type),
      ['ready', 'done', 'bye'],
    );
  });

  test('are refused when they are signed out while they say hello', async () => {
    const phone = await world.connect('alice', 'phone');
    await settle();
    phone.session.closed();
    const again = new Device(world.core);
    let goOn = (): void => undefined;
    const devices = world.store.devices;
    const one = devices.one.bind(devices);
    devices.one = async (...about) => {
      const found = await one(...about);
      await new Promise<void>((resolve) => (goOn = resolve));
      return found;
    };
    again.say({ type: 'hello', version: 2, token: 'alice', device: 'phone' });
    await settle();
    devices.one = one;
    await world.core.signOut('alice', 'phone');
    goOn();
    await settle();
    assert.deepEqual([again.pushed('error')[0]?.code, again.closed], ['device/signed-out', 4011]);
  });
});

describe('too many devices', () => {
  test('cost the longest connected of the platform its place, and no other', async () => {
    const world = await TestCore.open({ maxDevices: { mobile: 1, all: 3 } });
    const laptop = await world.connect('alice', 'laptop');
    const phone = await world.connect('alice', 'phone', 2, { platform: 'mobile' });
    const tablet = await world.connect('alice', 'tablet', 2, { platform: 'mobile' });
    const bobs = await world.connect('bob', 'phone', 2, { platform: 'mobile' });
    assert.deepEqual([phone.pushed('bye')[0]?.code, phone.closed], ['device/kicked', CLOSE.kicked]);
    assert.match(phone.pushed('bye')[0]?.message ?? '', /1 may be online \(mobile\)/);
    const bot = await world.connect('alice', 'bot', 2, { platform: 'bot' });
    for (const still of [laptop, tablet, bobs, bot]) assert.equal(still.closed, undefined);
    await world.connect('alice', 'desk', 2, { platform: 'desktop' });
    assert.equal(laptop.closed, CLOSE.kicked, 'the first of all');
    for (const still of [tablet, bobs, bot]) assert.equal(still.closed, undefined);
  });

  test('are counted as devices, however often they come, and 20 are borne by default', async () => {
    const world = await TestCore.open();
    const first = await world.connect('alice', 'd0');
    for (let index = 1; index < 20; index++) await world.connect('alice', `d${index}`);
    await world.connect('alice', 'd5');
    assert.equal(first.closed, undefined, 'a device that comes again takes its own place');
    await world.connect('alice', 'd20');
    assert.equal(first.closed, CLOSE.kicked);
  });

  test('come back when their person wants it, and take the place of another', async () => {
    const world = await TestCore.open({ maxDevices: { all: 1 } });
    await world.connect('alice', 'phone');
    const laptop = await world.connect('alice', 'laptop');
    const phone = await world.connect('alice', 'phone');
    assert.deepEqual([laptop.closed, phone.closed], [CLOSE.kicked, undefined]);
  });
});

describe('revoked tokens', () => {
  let world: TestCore;

  beforeEach(async () => {
    world = await TestCore.open();
  });

  test('close their sockets at once, and open none', async () => {
    const alice = await world.connect('alice#0');
    const bob = await world.connect('bob#0');
    world.pass(2_500);
    const validFrom = await world.core.revokeTokens('alice');
    assert.equal(validFrom, world.now + 500, 'the next whole second');
    const [bye] = alice.pushed('bye');
    assert.deepEqual([bye?.code, bye?.retryAfterMs], ['auth/token-revoked', 500]);
    assert.deepEqual([alice.closed, bob.closed], [CLOSE.unauthorized, undefined]);
    const refusal = ['auth/token-revoked', CLOSE.unauthorized];
    for (const token of ['alice#0', 'alice#2', 'alice']) {
      assert.deepEqual(await turnedAway(world, token, 'phone'), refusal, token);
    }
    await world.connect('alice#3', 'phone');
    world.restart();
    assert.deepEqual(await turnedAway(world, 'alice#2', 'phone'), refusal);
    await world.connect('alice#3', 'phone');
  });

  test('are refused when they are revoked while they say hello', async () => {
    const peer = new Device(world.core);
    let goOn = (): void => undefined;
    const devices = world.store.devices;
    const one = devices.one.bind(devices);
    devices.one = async (...about) => {
      await new Promise<void>((resolve) => (goOn = resolve));
      return one(...about);
    };
    peer.say({ type: 'hello', version: 2, token: 'alice#0', device: 'phone' });
    await settle();
    await world.core.revokeTokens('alice');
    goOn();
    await settle();
    assert.deepEqual([peer.pushed('error')[0]?.code, peer.closed], ['auth/token-revoked', 4001]);
  });

  test('are those of somebody', async () => {
    await assert.rejects(world.core.revokeTokens('nobody'), { code: 'user/not-found' });
  });
});

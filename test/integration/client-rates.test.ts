import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { MemoryStore } from '../../server/src/store/memory-store.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');
const MANY = 3_000;

/** The texts of a conversation's log. */
async function log(world: World): Promise<string[]> {
  const events = await world.store.range(PAIR, 0, MANY * 2, MANY * 2);
  return events.map(({ body }) => (body as { readonly text: string }).text);
}

describe('what is sent faster than the server takes it', () => {
  let world: World;

  afterEach(() => world.stop());

  test('waits as long as it is told, and arrives in order, once', async () => {
    world = new World(new MemoryStore(), { sendRate: { burst: 2_000, perSecond: 500 } });
    await world.people('alice', 'bob');
    world.online = false;
    const gate = (world.gate = new Gate());
    const refusals = new Map<unknown, number>();
    gate.fromServer = ({ type, code, retryAfterMs }) => {
      if (type !== 'error') return true;
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
      if (code === 'request/rate-limited') assert.ok(Number(retryAfterMs) > 0);
      return true;
    };
    const alice = world.client(world.device('alice'));
    const texts = Array.from({ length: MANY }, (_, index) => `Line ${index + 1}`);
    await Promise.all(texts.map((text) => alice.sendText(PAIR, text)));
    world.online = true;
    alice.reconnect();
    const { last } = await until(
      alice.conversations,
      ([one]) => one?.last?.content.type === 'text' && one.lastSeq === MANY,
      90_000,
    ).then(([one]) => one!);
    assert.equal(last?.state.status, 'sent');
    assert.deepEqual(await log(world), texts);
    assert.ok((refusals.get('request/rate-limited') ?? 0) > 0);
    assert.equal(alice.exportLogs().includes('device-renewed'), false);
  });

  test('loses and doubles nothing when the token runs out in the middle, and the next is slow', async () => {
    const start = Date.now();
    world = new World(new MemoryStore(), {
      authenticate: async (token) => ({
        userId: token.split('#')[0] ?? '',
        expiresAt: token === 'alice#1' ? start + 1_500 : start + 3_600_000,
      }),
    });
    await world.people('alice', 'bob');
    let asked = 0;
    const token = async (): Promise<string> => {
      await new Promise((resolve) => setTimeout(resolve, asked === 0 ? 0 : 400));
      return `alice#${++asked}`;
    };
    const alice = await connected(world.client(world.device('alice'), {}, { token }));
    const expired: string[] = [];
    alice.on('token-expired', ({ error }) => expired.push(error.code));
    const sent: string[] = [];
    for (let burst = 0; burst < 60; burst++) {
      const texts = Array.from({ length: 10 }, (_, index) => `${burst}.${index}`);
      sent.push(...texts);
      await Promise.all(texts.map((text) => alice.sendText(PAIR, text)));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await until(alice.conversations, ([one]) => (one?.lastSeq ?? 0) >= sent.length, 60_000);
    assert.deepEqual(await log(world), sent);
    assert.deepEqual([asked, expired], [2, ['auth/token-expired']]);
  });
});

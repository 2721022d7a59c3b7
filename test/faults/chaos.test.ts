/**
 * Real clients, a real server, and everything that can happen to either and to the lines between them,
 * at random instants. Whatever a client has taken must be in the end on every device and on the
 * server: once, and everywhere in the same order.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { builtServer } from '../helpers/built-server.js';
import { Chance } from '../helpers/random.js';
import { ChaosWorld, type Counts } from './chaos-world.js';
import { compareLogs } from './compare-logs.js';
import { figure, size } from './size.js';

const ROUNDS = size('CHAOS_ROUNDS', 1, 12);
const SEED = size('SEED', 20_261_124, Date.now() % 1e9);
/** Of one round, at least. */
const WANTED: Counts = {
  messages: size('CHAOS_MESSAGES', 700, 3_000),
  kills: size('CHAOS_KILLS', 4, 17),
  freezes: size('CHAOS_FREEZES', 2, 9),
  cuts: size('CHAOS_CUTS', 8, 26),
  stalls: size('CHAOS_STALLS', 4, 18),
  crashes: size('CHAOS_CRASHES', 4, 14),
};
const SETTLE_MS = 90_000;

const FAULTS: {
  readonly [F in Exclude<keyof Counts, 'messages'>]: (
    world: ChaosWorld,
    chance: Chance,
  ) => Promise<boolean>;
} = {
  async kills({ server }, chance) {
    await server.kill('SIGKILL');
    await pause(chance.between(0, 300));
    await server.restart();
    await pause(chance.between(0, 1_200));
    return true;
  },
  async freezes({ server }, chance) {
    process.kill(server.pid, 'SIGSTOP');
    await pause(chance.between(50, chance.next() < 0.3 ? 5_000 : 500));
    process.kill(server.pid, 'SIGCONT');
    return true;
  },
  async cuts({ proxy }, chance) {
    const passage = chance.pick(proxy.passages);
    passage?.cut(chance.between(0, 400));
    return passage !== undefined;
  },
  async stalls({ proxy }, chance) {
    const passage = chance.pick(proxy.passages);
    passage?.stall();
    return passage !== undefined;
  },
  async crashes({ seats }, chance) {
    const seat = chance.pick(seats.filter(({ life }) => !life.isOver));
    void seat?.crash(chance.between(0, 600));
    return seat !== undefined;
  },
};

/** One world from its first message to the last word on it. */
async function round(seed: number, done: Counts): Promise<void> {
  const chance = new Chance(seed);
  const world = await ChaosWorld.open({ main: builtServer(), flags: ['--heartbeat', '2'] });
  const writing = new AbortController();
  try {
    const writers = world.write(chance, 60, writing.signal);
    await befall(world, chance, done);
    while (world.written < WANTED.messages) await pause(50);
    writing.abort();
    await writers;
    while (world.seats.some(({ life }) => life.isOver)) await pause(20);
    await world.settle(SETTLE_MS);
    done.messages += world.written;
    const { examples, ...verdict } = await compareLogs(world);
    assert.deepEqual(
      verdict,
      { lost: 0, doubled: 0, outOfOrder: 0, inversions: 0 },
      `seed ${seed}\n${examples.join('\n')}`,
    );
  } finally {
    writing.abort();
    await world.stop();
  }
}

/** Lets every fault happen as often as it is wanted, in a random order, while people write. */
async function befall(world: ChaosWorld, chance: Chance, done: Counts): Promise<void> {
  const names = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
  let deck = names.flatMap((name) => Array.from({ length: WANTED[name] }, () => name));
  while (deck.length > 0) {
    const name = chance.pick(deck)!;
    if (await FAULTS[name](world, chance)) {
      const at = deck.indexOf(name);
      deck = deck.toSpliced(at, 1);
      done[name]++;
    }
    await pause(chance.between(20, 400));
  }
}

describe('chaos', () => {
  test('loses nothing, doubles nothing and changes no order', async (context) => {
    context.diagnostic(`FAULTS_SEED=${SEED}`);
    const done: Counts = { messages: 0, kills: 0, freezes: 0, cuts: 0, stalls: 0, crashes: 0 };
    for (let index = 0; index < ROUNDS; index++) await round(SEED + index, done);
    const { messages, kills, freezes, cuts, stalls, crashes } = done;
    context.diagnostic(
      `chaos: ${figure(messages)} messages, ${kills} kills, ${freezes} freezes, ${cuts} cuts, ` +
        `${stalls} stalls, ${crashes} client crashes: 0 lost, 0 doubled, 0 out of order`,
    );
  });
});

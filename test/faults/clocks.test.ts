/**
 * No clock has a say in the order. The server's and the devices' are wrong by up to a year, each by
 * another amount, and are set again and again while people write and lines are cut.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { builtServer } from '../helpers/built-server.js';
import { clockShiftedBy } from '../helpers/preload.js';
import { Chance } from '../helpers/random.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { ChaosWorld } from './chaos-world.js';
import { compareLogs } from './compare-logs.js';
import { figure, size } from './size.js';

const JUMPS = size('CLOCK_JUMPS', 24, 400);
const SEED = size('SEED', 20_261_124, Date.now() % 1e9);
const YEAR_MS = 365 * 86_400_000;

describe('clocks that are wrong and jump', () => {
  test('change no order on any device', async (context) => {
    context.diagnostic(`FAULTS_SEED=${SEED}`);
    const chance = new Chance(SEED);
    const folder = await mkdtemp(join(tmpdir(), 'im-kit-clock-'));
    const file = join(folder, 'shift');
    const anyShift = (): number => Math.round((chance.next() * 2 - 1) * YEAR_MS);
    const shifts = new Map<string, number>();
    await writeFile(file, String(anyShift()));
    const world = await ChaosWorld.open(
      { main: builtServer(), env: clockShiftedBy(file), flags: ['--heartbeat', '2'] },
      (user) => {
        shifts.set(user, anyShift());
        return () => Date.now() + (shifts.get(user) ?? 0);
      },
    );
    const writing = new AbortController();
    const peer = await RawPeer.open(world.server.url, await world.server.token('alice', 9e7));
    const ready = peer.frames.find((frame) => frame.type === 'ready')!;
    const wrongMs = Math.abs(ready.now - Date.now() - Number(await readFile(file, 'utf8')));
    assert.ok(wrongMs < 10_000, 'The clock of the server was not shifted.');
    peer.close();
    try {
      const writers = world.write(chance, 80, writing.signal);
      let cuts = 0;
      for (let jump = 0; jump < JUMPS; jump++) {
        const user = chance.pick([...shifts.keys()])!;
        if (chance.next() < 0.5) await writeFile(file, String(anyShift()));
        else shifts.set(user, anyShift());
        if (chance.next() < 0.3) {
          chance.pick(world.proxy.passages)?.cut(chance.between(0, 200));
          cuts++;
        }
        await pause(chance.between(50, 400));
      }
      writing.abort();
      await writers;
      await world.settle(120_000);
      const { examples, ...verdict } = await compareLogs(world);
      assert.deepEqual(
        verdict,
        { lost: 0, doubled: 0, outOfOrder: 0, inversions: 0 },
        `seed ${SEED}\n${examples.join('\n')}`,
      );
      context.diagnostic(
        `clocks: ${JUMPS} jumps of up to a year, ${cuts} cuts, ${figure(world.written)} messages: ` +
          '0 lost, 0 doubled, 0 out of order',
      );
    } finally {
      writing.abort();
      await world.stop();
      await rm(folder, { recursive: true });
    }
  });
});

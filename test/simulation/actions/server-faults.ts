/** What goes wrong with the server, its disk and its clock. */
import type { InFlight } from '../world/link.js';
import { clockJump, type Action } from './action.js';

/** The process dies in the middle of whatever it does, and another one takes its place. */
export const crashServer: Action<{
  readonly downMs: number;
  readonly isTold: boolean;
  readonly down: InFlight;
}> = {
  weight: 7,
  draw: ({ random }) => ({
    downMs: random.mostlySmall(15_000),
    isTold: random.chance(0.8),
    down: random.pick(['arrives', 'arrives', 'lost'] as const),
  }),
  run: (world, { downMs, isTold, down }) => {
    const { server, network } = world;
    if (!server.core) return;
    server.crash();
    for (const link of network.allLinks()) link.serverDies(isTold, down);
    // Whoever is not told finds out by the heartbeat.
    world.disturb('server', downMs + (isTold ? 1_000 : 45_000));
    world.during(downMs, () => server.start());
  },
};

/** The server is stopped in an orderly way. */
export const drainServer: Action<{ readonly downMs: number }> = {
  weight: 1,
  draw: ({ random }) => ({ downMs: random.mostlySmall(5_000) }),
  run: (world, { downMs }) => {
    const { server } = world;
    const { core } = server;
    if (!core) return;
    world.disturb('server', downMs + 5_000);
    const drained = core.drain();
    void drained.then(() => {
      if (server.core !== core) return;
      server.crash();
      for (const link of world.network.allLinks()) link.serverDies(true, 'arrives');
      world.during(downMs, () => server.start());
    });
  },
};

/** The disk takes no more. */
export const refuseCommits: Action<{ readonly forMs: number }> = {
  weight: 3,
  draw: ({ spellMs }) => ({ forMs: spellMs() }),
  run: (world, { forMs }) => {
    const { disk } = world.server;
    disk.isRefusing = true;
    world.disturb('server', forMs + 1_000);
    world.during(forMs, () => (disk.isRefusing = false));
  },
};

/** The disk takes its time, so that more happens in the middle of a commit. */
export const slowDisk: Action<{ readonly forMs: number; readonly eachMs: number }> = {
  weight: 3,
  draw: ({ random, spellMs }) => ({ forMs: spellMs(), eachMs: random.between(50, 1_500) }),
  run: (world, { forMs, eachMs }) => {
    const { disk } = world.server;
    const { commitMs, readMs } = world.plan.shape;
    disk.commitMs = eachMs;
    disk.readMs = eachMs / 4;
    world.disturb('server', forMs + 10_000);
    world.during(forMs, () => Object.assign(disk, { commitMs, readMs }));
  },
};

const MONTH_MS = 30 * 86_400_000;

/** Somebody sets the server's clock. */
export const serverClock: Action<{ readonly byMs: number }> = {
  weight: 2,
  draw: ({ random }) => ({ byMs: clockJump(random) }),
  run: ({ server, plan }, { byMs }) => {
    // What was removed is known by its name for ninety days.
    const mostMs = plan.shape.keepMs === undefined ? Infinity : MONTH_MS;
    server.skewMs += Math.max(-mostMs, Math.min(mostMs, byMs));
  },
};

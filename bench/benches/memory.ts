import { setTimeout as pause } from 'node:timers/promises';
import { rounds, type Bench } from '../bench.js';
import { ratioLine } from '../line.js';
import { Load } from '../load/load.js';
import { privateKb } from '../machine/process-figures.js';
import { startFloor, startProduct, type RunningServer } from '../machine/servers.js';

/** The first connections pay for what all share, so they are not counted. */
const FEW = 100;
const MANY = 3_100;

/** Memory after garbage has been collected, in kB: the least of several looks. */
async function settledKb(pid: number): Promise<number> {
  let least = Infinity;
  for (let look = 0; look < 8; look++) {
    process.kill(pid, 'SIGUSR2');
    await pause(250);
    least = Math.min(least, privateKb(pid));
  }
  return least;
}

/** What one idle connection costs a server, in kB. */
async function perConnectionKb(server: RunningServer): Promise<number> {
  const loads: Load[] = [];
  try {
    loads.push(await Load.connect({ ...server.target, clients: FEW }));
    const few = await settledKb(server.pid);
    loads.push(await Load.connect({ ...server.target, clients: MANY - FEW, first: FEW }));
    return ((await settledKb(server.pid)) - few) / (MANY - FEW);
  } finally {
    for (const load of loads) await load.stop();
    await server.stop();
  }
}

export const memory: Bench = {
  name: 'memory',
  summary: `memory of an idle connection: ${MANY} less ${FEW}, each signed in and caught up`,
  async run({ quick }) {
    const options = { clients: MANY, collecting: true };
    const pairs = await rounds(quick ? 1 : 3, async () => ({
      floor: await perConnectionKb(await startFloor('ws-idle', options)),
      subject: await perConnectionKb(await startProduct(options)),
    }));
    return [
      ratioLine('memory/connection', 'kB', pairs, {
        asked: { atMost: 2 },
        heading: { atMost: 1.3 },
      }),
    ];
  },
};

import { rounds, type Bench } from '../bench.js';
import { ratioLine } from '../line.js';
import { Load } from '../load/load.js';
import type { Outcome } from '../load/orders.js';
import { startFloor, startProduct, type RunningServer } from '../machine/servers.js';

const CLIENTS = 200;
const PER_SECOND = 500;

async function pace(server: RunningServer, quick: boolean): Promise<Outcome> {
  try {
    const load = await Load.connect(server.target);
    try {
      return await load.run({
        type: 'pace',
        perSecond: PER_SECOND,
        warmUpMs: 1_500,
        measureMs: quick ? 2_000 : 5_000,
        serverPid: server.pid,
      });
    } finally {
      await load.stop();
    }
  } finally {
    await server.stop();
  }
}

export const latency: Bench = {
  name: 'latency',
  summary: `from send to the peer at ${PER_SECOND} messages a second, ${CLIENTS} clients`,
  async run({ quick }) {
    const results = await rounds(quick ? 2 : 5, async () => ({
      floor: await pace(await startFloor('ws-durable', { clients: CLIENTS }), quick),
      subject: await pace(await startProduct({ clients: CLIENTS }), quick),
    }));
    const pairs = (value: (outcome: Outcome) => number): { subject: number; floor: number }[] =>
      results.map(({ subject, floor }) => ({ subject: value(subject), floor: value(floor) }));
    return [
      ratioLine(
        'latency/p50',
        'ms',
        pairs(({ p50Ms }) => p50Ms),
        {
          asked: { atMost: 2 },
          heading: { atMost: 1.3 },
        },
      ),
      ratioLine(
        'latency/p99',
        'ms',
        pairs(({ p99Ms }) => p99Ms),
      ),
      ratioLine('latency/cpu', 'server CPU µs a message', pairs(cpuMicroseconds)),
    ];
  },
};

function cpuMicroseconds({ serverCpuMs, messages }: Outcome): number {
  return (serverCpuMs * 1000) / messages;
}

import { rounds, type Bench } from '../bench.js';
import { ratioLine } from '../line.js';
import { Load } from '../load/load.js';
import type { Outcome } from '../load/orders.js';
import { startFloor, startProduct, type RunningServer } from '../machine/servers.js';

const CLIENTS = 200;
const IN_FLIGHT = 8;

async function press(server: RunningServer, quick: boolean): Promise<Outcome> {
  try {
    const load = await Load.connect(server.target);
    try {
      return await load.run({
        type: 'press',
        inFlight: IN_FLIGHT,
        warmUpMs: quick ? 1_000 : 2_000,
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

const perCpuSecond = ({ messages, serverCpuMs }: Outcome): number =>
  messages / (serverCpuMs / 1000);
const perSecond = ({ messages, seconds }: Outcome): number => messages / seconds;

export const throughput: Bench = {
  name: 'throughput',
  summary: `${CLIENTS} clients in pairs, ${IN_FLIGHT} unacknowledged messages each, on disk before the ack`,
  async run({ quick }) {
    const results = await rounds(quick ? 2 : 5, async () => ({
      floor: await press(await startFloor('ws-durable', { clients: CLIENTS }), quick),
      subject: await press(await startProduct({ clients: CLIENTS }), quick),
    }));
    const pairs = (value: (outcome: Outcome) => number): { subject: number; floor: number }[] =>
      results.map(({ subject, floor }) => ({ subject: value(subject), floor: value(floor) }));
    return [
      ratioLine('throughput/cpu', 'messages a server CPU second', pairs(perCpuSecond), {
        asked: { atLeast: 0.4 },
        heading: { atLeast: 0.8 },
        note: 'floor: ws-durable, which neither orders nor authorises; threads and disk calls included',
      }),
      ratioLine('throughput/wall', 'messages a second', pairs(perSecond), {
        note: 'shares the processor with the load generator',
      }),
    ];
  },
};

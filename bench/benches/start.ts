import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rounds, type Bench } from '../bench.js';
import { plainLine } from '../line.js';
import { firstAck } from '../load/first-ack.js';
import { addPeople, shipped } from '../machine/servers.js';
import { startServer } from '../../test/helpers/start-server.js';

export const start: Bench = {
  name: 'start',
  summary: 'from the start of the server process to its first acknowledged message',
  async run({ quick }) {
    const data = await mkdtemp(join(tmpdir(), 'im-kit-start-'));
    try {
      const first = await startServer({ ...shipped(), data });
      const tokens = await addPeople(first, 2);
      await first.kill('SIGTERM');
      const samples = await rounds(quick ? 3 : 7, async (round) => {
        const begun = performance.now();
        const server = await startServer({ ...shipped(), data });
        await firstAck(server.url.replace('http', 'ws'), tokens[0]!, `round-${round}`);
        const tookMs = performance.now() - begun;
        await server.kill('SIGTERM');
        return tookMs;
      });
      return [plainLine('start/first-ack', 'ms', samples, { asked: { atMost: 1_000 } })];
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
};

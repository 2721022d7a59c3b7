import { setTimeout as pause } from 'node:timers/promises';
import { openProxy } from '../../test/helpers/proxy.js';
import { RawPeer } from '../../test/helpers/raw-peer.js';
import { Reader } from '../../test/helpers/reader.js';
import { c2cId } from '../../src/protocol/ids.js';
import { rounds, type Bench } from '../bench.js';
import { ratioLine } from '../line.js';
import { loadUser } from '../load/frames.js';
import { Load } from '../load/load.js';
import { startProduct, type RunningServer } from '../machine/servers.js';

const CLIENTS = 1_000;
const PER_SECOND = 300;
/** What is written to the one reader meanwhile: a picture of this size, so often. */
const PICTURE = 'p'.repeat(60_000);
const EVERY_MS = 25;

/** Writes pictures to the reader until the signal aborts. */
async function flood(sender: RawPeer, run: string, signal: AbortSignal): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    const message = { clientId: `${run}-${n}`, n, kind: 'picture', body: PICTURE };
    const conversation = c2cId(loadUser(CLIENTS), loadUser(CLIENTS + 1));
    await sender.request('ack', { type: 'send', conversation, ...message });
    await pause(EVERY_MS);
  }
}

/** The others' p99 while somebody is written to, who reads over a line of a kilobyte a second or is away. */
async function p99Ms(server: RunningServer, isThere: boolean, quick: boolean): Promise<number> {
  const { target } = server;
  const url = target.url.replace(/^ws/, 'http').replace('/v1/socket', '');
  const [from = '', to = ''] = target.tokens.slice(CLIENTS);
  const run = `${isThere ? 'slow' : 'away'}-${Date.now()}`;
  const flooding = new AbortController();
  const load = await Load.connect({ ...target, clients: CLIENTS });
  const sender = await RawPeer.open(url, from, run);
  const conversation = c2cId(loadUser(CLIENTS), loadUser(CLIENTS + 1));
  await sender.request('head', { type: 'open', conversation });
  const line = await openProxy(url);
  line.weather = { bytesPerSecond: 1_000 };
  const reader = isThere
    ? await Reader.open(line.url, loadUser(CLIENTS + 1), to, conversation)
    : undefined;
  const flooded = flood(sender, run, flooding.signal);
  try {
    const outcome = await load.run({
      type: 'pace',
      perSecond: PER_SECOND,
      warmUpMs: quick ? 2_000 : 4_000,
      measureMs: quick ? 2_000 : 5_000,
      serverPid: server.pid,
    });
    return outcome.p99Ms;
  } finally {
    flooding.abort();
    await flooded;
    reader?.close();
    await line.stop();
    sender.close();
    await load.stop();
  }
}

export const slowReader: Bench = {
  name: 'slow-reader',
  summary: `what one reader at 1 kB/s costs ${CLIENTS} others, against one who is away`,
  async run({ quick }) {
    const server = await startProduct({ clients: CLIENTS + 2 });
    try {
      const pairs = await rounds(quick ? 2 : 7, async (index) => {
        const awayFirst = index % 2 === 0;
        const first = await p99Ms(server, !awayFirst, quick);
        const second = await p99Ms(server, awayFirst, quick);
        return awayFirst ? { floor: first, subject: second } : { floor: second, subject: first };
      });
      return [ratioLine('slow-reader/p99', 'ms', pairs, { asked: { atMost: 1.1 } })];
    } finally {
      await server.stop();
    }
  },
};

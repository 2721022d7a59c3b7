import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../../test/helpers/start-server.js';
import { rounds, type Bench } from '../bench.js';
import { startBrowser } from '../browser/browser.js';
import { startSite } from '../browser/site.js';
import { Tab } from '../browser/tab.js';
import { plainLine } from '../line.js';
import { fillFolder } from '../machine/missed.js';
import { shipped } from '../machine/servers.js';
import { READER } from '../pages/content.js';

const ROOMS = 200;
const MISSED_IN_EACH = 250;

type Round = {
  readonly firstScreenMs: number;
  readonly completeMs: number;
  readonly longestTaskMs: number;
};

export const catchUpWide: Bench = {
  name: 'catch-up-wide',
  summary: `coming back to ${ROOMS * MISSED_IN_EACH} missed messages in ${ROOMS} conversations`,
  async run({ quick }) {
    const site = await startSite({
      fill: 'bench/pages/fill.ts',
      product: 'bench/pages/product.ts',
    });
    const browser = await startBrowser();
    const data = await mkdtemp(join(tmpdir(), 'im-kit-missed-'));
    const cursor = await fillFolder(data, { rooms: ROOMS, missedInEach: MISSED_IN_EACH });
    /** On a port of its own, which names a database of its own. */
    async function measure(): Promise<Round> {
      const { main, flags } = shipped();
      const origin = ['--origin', site.origin];
      const server = await startServer({ main, data, flags: [...flags, ...origin] });
      const tab = await Tab.open(browser.context, site.origin);
      try {
        const query = new URLSearchParams({
          ...{ server: server.url, token: await server.token(READER.id), cursor },
          rooms: String(ROOMS),
        });
        await tab.visit(`${site.origin}/fill.html?${query}&messages=1`);
        const lastSeq = MISSED_IN_EACH + 1;
        const address = `${site.origin}/product.html?${query}&messages=${lastSeq}&open&complete`;
        const { said } = await tab.visit(address);
        const complete = await tab.painted();
        return {
          firstScreenMs: said.painted,
          completeMs: complete.painted,
          longestTaskMs: Number(complete['longestTaskMs']),
        };
      } finally {
        await tab.close();
        await server.kill('SIGTERM');
      }
    }
    try {
      const results = await rounds(quick ? 1 : 5, measure);
      const line = (name: string, of: (round: Round) => number, atMost: number) =>
        plainLine(`catch-up-wide/${name}`, 'ms', results.map(of), { asked: { atMost } });
      return [
        line('first-screen', ({ firstScreenMs }) => firstScreenMs, 1_500),
        line('complete', ({ completeMs }) => completeMs, 60_000),
        line('longest-task', ({ longestTaskMs }) => longestTaskMs, 50),
      ];
    } finally {
      await browser.stop();
      await site.stop();
      await rm(data, { recursive: true, force: true });
    }
  },
};

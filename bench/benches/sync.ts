import { rounds, type Bench } from '../bench.js';
import { startBrowser } from '../browser/browser.js';
import { startQuietServer } from '../browser/quiet-server.js';
import { startSite } from '../browser/site.js';
import { Tab } from '../browser/tab.js';
import { ratioLine } from '../line.js';
import { unreadHead } from '../pages/log.js';

const MISSED = 5_000;

export const sync: Bench = {
  name: 'sync',
  summary: `fetching and storing ${MISSED} missed messages`,
  async run({ quick }) {
    const site = await startSite({
      fill: 'bench/pages/fill.ts',
      subject: 'bench/pages/sync.ts',
      floor: 'bench/floors/sync-page.ts',
    });
    const browser = await startBrowser();
    /** Each time on a database of its own: it is named for the server's address. */
    async function measure(page: 'subject' | 'floor'): Promise<{ ms: number; cpuMs: number }> {
      const server = await startQuietServer(() => [unreadHead(MISSED)]);
      const tab = await Tab.open(browser.context, site.origin);
      try {
        const query = `server=${encodeURIComponent(server.url)}`;
        await tab.visit(`${site.origin}/fill.html?${query}&messages=0&rooms=1`);
        const { said, cpuMs } = await tab.visit(
          `${site.origin}/${page}.html?${query}&messages=${MISSED}`,
        );
        return { ms: Number(said['tookMs']), cpuMs };
      } finally {
        await tab.close();
        await server.stop();
      }
    }
    try {
      const results = await rounds(quick ? 2 : 7, async () => ({
        floor: await measure('floor'),
        subject: await measure('subject'),
      }));
      const pairs = (value: 'ms' | 'cpuMs'): { subject: number; floor: number }[] =>
        results.map(({ subject, floor }) => ({ subject: subject[value], floor: floor[value] }));
      return [
        ratioLine('sync/store', 'ms', pairs('ms'), { heading: { atMost: 1.3 }, note: NOTE }),
        ratioLine('sync/store-cpu', 'main-thread CPU ms', pairs('cpuMs')),
      ];
    } finally {
      await browser.stop();
      await site.stop();
    }
  },
};

const NOTE = 'floor: a bare socket and a bare IndexedDB, one transaction a page of 200';

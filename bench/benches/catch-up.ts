import { rounds, type Bench } from '../bench.js';
import { startBrowser } from '../browser/browser.js';
import { startQuietServer } from '../browser/quiet-server.js';
import { startSite } from '../browser/site.js';
import { Tab, type Said } from '../browser/tab.js';
import { plainLine, ratioLine } from '../line.js';
import { unreadHead } from '../pages/log.js';

const MISSED = 10_000;

export const catchUp: Bench = {
  name: 'catch-up',
  summary: `storing ${MISSED} missed messages, beside a bare IndexedDB that stores the same`,
  async run({ quick }) {
    const site = await startSite({
      fill: 'bench/pages/fill.ts',
      subject: 'bench/pages/sync.ts',
      floor: 'bench/floors/store-page.ts',
    });
    const browser = await startBrowser();
    /** Each time on a database of its own: it is named for the server's address. */
    async function measure(page: 'subject' | 'floor'): Promise<Said> {
      const server = await startQuietServer(() => [unreadHead(MISSED)]);
      const tab = await Tab.open(browser.context, site.origin);
      try {
        const query = `server=${encodeURIComponent(server.url)}`;
        await tab.visit(`${site.origin}/fill.html?${query}&messages=0&rooms=1`);
        const { said } = await tab.visit(`${site.origin}/${page}.html?${query}&messages=${MISSED}`);
        return said;
      } finally {
        await tab.close();
        await server.stop();
      }
    }
    try {
      const results = await rounds(quick ? 2 : 5, async () => ({
        floor: await measure('floor'),
        subject: await measure('subject'),
      }));
      const pairs = results.map(({ subject, floor }) => ({
        subject: Number(subject['behindMs']),
        floor: Number(floor['tookMs']),
      }));
      const longest = results.map(({ subject }) => Number(subject['longestTaskMs']));
      return [
        ratioLine('catch-up/store', 'ms', pairs, { asked: { atMost: 1.6 }, note: NOTE }),
        plainLine('catch-up/longest-task', 'ms', longest, { asked: { atMost: 50 } }),
      ];
    } finally {
      await browser.stop();
      await site.stop();
    }
  },
};

const NOTE = 'floor: a bare IndexedDB, one transaction a page, nothing fetched';

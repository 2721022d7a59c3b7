import { rounds, type Bench } from '../bench.js';
import { startBrowser } from '../browser/browser.js';
import { Filled } from '../browser/filled.js';
import { startSite } from '../browser/site.js';
import { Tab, type Painted } from '../browser/tab.js';
import { ratioLine } from '../line.js';

const ROWS = 50;

export const firstLoad: Bench = {
  name: 'first-load',
  summary: `a reload until ${ROWS} conversations and ${ROWS} messages are painted from the device`,
  async run({ quick }) {
    const site = await startSite({
      fill: 'bench/pages/fill.ts',
      product: 'bench/pages/product.ts',
      floor: 'bench/floors/dom-page.ts',
    });
    const browser = await startBrowser();
    const filled = await Filled.make(browser.context, site, { messages: ROWS, rooms: ROWS });
    try {
      const visit = async (url: string): Promise<Painted> => {
        const tab = await Tab.open(browser.context, site.origin);
        const painted = await tab.visit(url);
        await tab.close();
        return painted;
      };
      const results = await rounds(quick ? 3 : 15, async () => ({
        floor: await visit(`${site.origin}/floor.html`),
        subject: await visit(`${filled.address('product')}&open`),
      }));
      // The first of each warms the browser's caches for both.
      const warm = results.slice(1);
      const pairs = (value: (painted: Painted) => number): { subject: number; floor: number }[] =>
        warm.map(({ subject, floor }) => ({ subject: value(subject), floor: value(floor) }));
      return [
        ratioLine(
          'first-load/cpu',
          'main-thread CPU ms',
          pairs(({ cpuMs }) => cpuMs),
          { asked: { atMost: 1.6 }, heading: { atMost: 1.3 }, note: NOTE },
        ),
        ratioLine(
          'first-load/wall',
          'ms',
          pairs(({ said }) => said.painted),
        ),
      ];
    } finally {
      await browser.stop();
      await filled.server.stop();
      await site.stop();
    }
  },
};

const NOTE = 'floor: the same rows as plain DOM, four elements each, data in the script';

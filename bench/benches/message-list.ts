import { rounds, type Bench } from '../bench.js';
import { startBrowser, type BenchBrowser } from '../browser/browser.js';
import { Filled } from '../browser/filled.js';
import { PushServer } from '../browser/push-server.js';
import { newMessage } from '../browser/quiet-server.js';
import { startSite, type Site } from '../browser/site.js';
import { Tab } from '../browser/tab.js';
import { plainLine, ratioLine, type Line } from '../line.js';
import { content } from '../pages/content.js';

const FEW = 1_000;
const MANY = 10_000;
const MOST = 100_000;
const ROOMS = 8;

type Opened = { readonly ms: number; readonly cpuMs: number };
type Appended = { readonly cpuMs: number };
type Round = {
  readonly floor: { readonly open: Opened; readonly append: Appended };
  readonly few: Subject;
  readonly many: Subject;
  readonly most: Subject;
};
type Subject = {
  readonly open: Opened;
  readonly append: Appended;
  readonly nodes: number;
};

/** Opens the list of a page that is ready, and tells what that took. */
async function open(tab: Tab): Promise<Opened> {
  await tab.settle();
  const before = await tab.cpuMs();
  await tab.page.evaluate('openList()');
  const { painted, startedAt } = await tab.painted();
  return { ms: painted - Number(startedAt), cpuMs: (await tab.cpuMs()) - before };
}

/** Main-thread time of one message more, with all that follows from it until the page rests. */
async function append(tab: Tab, count: number, send: () => void): Promise<Appended> {
  await tab.settle();
  const idle = await tab.idleShare();
  const [before, at] = [await tab.cpuMs(), performance.now()];
  for (let sent = 0; sent < count; sent++) {
    send();
    await tab.painted();
    await tab.page.waitForTimeout(60);
  }
  const idleMs = (performance.now() - at) * idle;
  return { cpuMs: ((await tab.cpuMs()) - before - idleMs) / count };
}

async function measureFloor(
  browser: BenchBrowser,
  site: Site,
  appends: number,
): Promise<Round['floor']> {
  const server = await PushServer.start();
  const tab = await Tab.open(browser.context, site.origin);
  try {
    const address = `${site.origin}/floor.html?rows=${MANY}`;
    await tab.visit(`${address}&server=${encodeURIComponent(server.url)}`);
    const opened = await open(tab);
    let seq = MANY;
    const appended = await append(tab, appends, () => {
      seq += 1;
      server.push({ text: content(seq).text });
    });
    return { open: opened, append: appended };
  } finally {
    await tab.close();
    await server.stop();
  }
}

async function measureProduct(
  browser: BenchBrowser,
  site: Site,
  filled: Filled,
  appends: number,
): Promise<Subject> {
  const tab = await Tab.open(browser.context, site.origin);
  try {
    await tab.visit(filled.address('product'));
    const opened = await open(tab);
    const nodes = await tab.page.evaluate(() => countNodes());
    await tab.page.evaluate((seq) => void awaitMessages(seq), filled.messages + 1);
    const appended = await append(tab, appends, () => {
      filled.messages += 1;
      filled.server.push(newMessage(filled.messages));
    });
    return { open: opened, append: appended, nodes };
  } finally {
    await tab.close();
  }
}

function lines(results: readonly Round[]): readonly Line[] {
  const pairs = (
    subject: (round: Round) => number,
    floor: (round: Round) => number,
  ): { subject: number; floor: number }[] =>
    results.map((round) => ({ subject: subject(round), floor: floor(round) }));
  return [
    ratioLine(
      'list/open-10k',
      'ms',
      pairs(
        ({ many }) => many.open.ms,
        ({ floor }) => floor.open.ms,
      ),
      { asked: { atMost: 6 }, heading: { atMost: 3 }, note: OPEN_NOTE },
    ),
    ratioLine(
      'list/open-10k-cpu',
      'main-thread CPU ms',
      pairs(
        ({ many }) => many.open.cpuMs,
        ({ floor }) => floor.open.cpuMs,
      ),
    ),
    ratioLine(
      'list/open-100k',
      'ms; its floor has 1,000',
      pairs(
        ({ most }) => most.open.ms,
        ({ few }) => few.open.ms,
      ),
      { asked: { atMost: 1.5 }, heading: { atMost: 1.1 } },
    ),
    plainLine(
      'list/nodes-10k',
      'message nodes',
      results.map(({ many }) => many.nodes),
      { asked: { atMost: 300 } },
    ),
    ratioLine(
      'list/append-1k',
      'main-thread CPU ms',
      pairs(
        ({ few }) => few.append.cpuMs,
        ({ floor }) => floor.append.cpuMs,
      ),
    ),
    ratioLine(
      'list/append-100k',
      'main-thread CPU ms',
      pairs(
        ({ most }) => most.append.cpuMs,
        ({ floor }) => floor.append.cpuMs,
      ),
    ),
    plainLine(
      'list/append-1k-cpu',
      'main-thread CPU ms',
      results.map(({ few }) => few.append.cpuMs),
      { asked: { atMost: 4.5 } },
    ),
    plainLine(
      'list/append-100k-cpu',
      'main-thread CPU ms',
      results.map(({ most }) => most.append.cpuMs),
      { asked: { atMost: 4.5 } },
    ),
  ];
}

const OPEN_NOTE = 'floor: a windowed list of rows of one height, all of them in memory';

export const messageList: Bench = {
  name: 'message-list',
  summary: `opening ${FEW}, ${MANY} and ${MOST} messages of the device, and one more arriving`,
  async run({ quick }) {
    const site = await startSite({
      fill: 'bench/pages/fill.ts',
      product: 'bench/pages/product.ts',
      floor: 'bench/floors/window-page.ts',
    });
    const browser = await startBrowser();
    const make = (messages: number): Promise<Filled> =>
      Filled.make(browser.context, site, { messages, rooms: ROOMS });
    const [few, many, most] = [await make(FEW), await make(MANY), await make(MOST)];
    const appends = quick ? 10 : 30;
    try {
      const results = await rounds(quick ? 2 : 7, async () => ({
        floor: await measureFloor(browser, site, appends),
        few: await measureProduct(browser, site, few, appends),
        many: await measureProduct(browser, site, many, appends),
        most: await measureProduct(browser, site, most, appends),
      }));
      return lines(results);
    } finally {
      await browser.stop();
      for (const { server } of [few, many, most]) await server.stop();
      await site.stop();
    }
  },
};

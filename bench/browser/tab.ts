/** One page of the bench's browser, and what its main thread has done. */
import type { BrowserContext, CDPSession, Page } from 'playwright-core';

const PAINT_TIMEOUT_MS = 75_000;

/** What a page said through `benchSays`. */
export type Said = {
  /** When the frame was drawn, in the page's time: milliseconds since its navigation. */
  readonly painted: number;
  readonly [name: string]: unknown;
};

export type Painted = {
  readonly said: Said;
  /** Main-thread time from the navigation until the page said it. */
  readonly cpuMs: number;
};

export class Tab {
  readonly page: Page;
  readonly errors: string[] = [];
  readonly #cdp: CDPSession;
  #heard: Said[] = [];
  #listener: (() => void) | undefined;

  private constructor(page: Page, cdp: CDPSession) {
    this.page = page;
    this.#cdp = cdp;
  }

  /** A new tab on an empty page of `origin`, so that the process is there before it is measured. */
  static async open(context: BrowserContext, origin: string): Promise<Tab> {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const tab = new Tab(page, cdp);
    page.on('pageerror', (error) => tab.errors.push(error.message));
    await page.goto(`${origin}/empty.html`);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: 'benchSays' });
    cdp.on('Runtime.bindingCalled', ({ payload }) => {
      tab.#heard.push(JSON.parse(payload) as Said);
      tab.#listener?.();
    });
    return tab;
  }

  /** What the main thread has worked so far, in milliseconds of its own clock. */
  async cpuMs(): Promise<number> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    const found = metrics.find(({ name }) => name === 'TaskDuration');
    if (!found) throw new Error('This browser does not tell how long its tasks took.');
    return found.value * 1000;
  }

  /** Goes to `url` and waits until the page says that it is painted. */
  async visit(url: string): Promise<Painted> {
    const before = await this.cpuMs();
    await this.#cdp.send('Page.navigate', { url });
    const said = await this.painted();
    return { said, cpuMs: (await this.cpuMs()) - before };
  }

  /** Waits for the next word of the page. */
  async painted(): Promise<Said> {
    const deadline = setTimeout(() => this.#listener?.(), PAINT_TIMEOUT_MS);
    if (this.#heard.length === 0) {
      await new Promise<void>((said) => (this.#listener = said));
      this.#listener = undefined;
    }
    clearTimeout(deadline);
    const said = this.#heard.shift();
    if (said) return said;
    throw new Error(`${this.page.url()} painted nothing. ${this.errors.join(' ')}`);
  }

  /** Collects garbage, so that no measurement pays for the one before it. */
  async settle(): Promise<void> {
    await this.#cdp.send('HeapProfiler.collectGarbage');
    await this.page.waitForTimeout(100);
  }

  /** What the main thread works while nothing happens, as a share of the time. */
  async idleShare(): Promise<number> {
    const [before, at] = [await this.cpuMs(), performance.now()];
    await this.page.waitForTimeout(1_000);
    return ((await this.cpuMs()) - before) / (performance.now() - at);
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

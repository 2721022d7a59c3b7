/** What happens to the pages that share a device. */
import { anyTab, type Action, type Tab } from './action.js';

/** How long it may take until a page has something to write. */
const WRITES_MS = 20_000;

/** A page goes, in good order or not. The first one of a device is opened again by `heal`. */
export const closeTab: Action<Tab & { readonly isOrderly: boolean }> = {
  weight: 6,
  draw: (draw) => ({ ...anyTab(draw), isOrderly: draw.random.chance(0.4) }),
  run: (world, { device: name, tab, isOrderly }) => {
    const device = world.device(name);
    const page = device.pages[tab % Math.max(device.pages.length, 1)];
    if (!page || !device.hasTabs) return;
    world.disturb(name, 20_000);
    if (isOrderly) void device.closeTab(page);
    else device.crashTab(page);
  },
};

/**
 * A page stands still: the browser tells it before, or it does not. It happens to pages that are behind
 * others, and does the most where a page has the most to do: to the one that leads, in a transaction.
 */
export const freezeTab: Action<
  Tab & {
    readonly forMs: number;
    readonly isTold: boolean;
    readonly leads: boolean;
    readonly isWriting: boolean;
  }
> = {
  weight: 20,
  draw: (draw) => ({
    ...anyTab(draw),
    // Long enough for others to notice, mostly.
    forMs: 1_000 + draw.spellMs(),
    isTold: draw.random.chance(0.3),
    leads: draw.random.chance(0.8),
    isWriting: draw.random.chance(0.6),
  }),
  run: (world, { device: name, tab, forMs, isTold, leads, isWriting }) => {
    const device = world.device(name);
    const { pages } = device;
    const page =
      pages.find((each) => leads && each.leads) ?? pages[tab % Math.max(pages.length, 1)];
    if (!page || !device.hasTabs || page.isFrozen) return;
    if (pages.length === 1) device.openTab();
    let isOver = false;
    const freeze = (): void => {
      if (isOver || page.isFrozen || !page.isAlive) return;
      world.disturb(name, forMs + 20_000);
      page.freeze(isTold);
      world.during(forMs, () => page.thaw());
    };
    if (!isWriting) {
      freeze();
      return;
    }
    page.factory.atNextWriting(() => world.clock.schedule(device.owner, 0, freeze));
    world.during(WRITES_MS, () => (isOver = true));
  },
};

/** What happens to the pages that share a device. */
import { anyTab, type Action, type Tab } from './action.js';

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

/** A page stands still: the browser tells it before, or it does not. */
export const freezeTab: Action<Tab & { readonly forMs: number; readonly isTold: boolean }> = {
  weight: 12,
  draw: (draw) => ({
    ...anyTab(draw),
    forMs: draw.spellMs(),
    isTold: draw.random.chance(0.4),
  }),
  run: (world, { device: name, tab, forMs, isTold }) => {
    const device = world.device(name);
    const page = device.pages[tab % Math.max(device.pages.length, 1)];
    if (!page || !device.hasTabs || page.isFrozen) return;
    world.disturb(name, forMs + 20_000);
    page.freeze(isTold);
    world.during(forMs, () => page.thaw());
  },
};

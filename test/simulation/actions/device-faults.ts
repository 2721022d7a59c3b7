/** What goes wrong on a device: its pages, its storage, its clock. */
import { anyDevice, clockJump, type Action } from './action.js';

type Spell = { readonly device: string; readonly forMs: number };

/** A page is killed in the middle of whatever it does, and opened again. */
export const crashClient: Action<
  Spell & { readonly isTold: boolean; readonly isOrderly: boolean }
> = {
  weight: 9,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.random.mostlySmall(10_000),
    isTold: draw.random.chance(0.8),
    isOrderly: draw.random.chance(0.2),
  }),
  run: (world, { device: name, forMs, isTold, isOrderly }) => {
    const device = world.device(name);
    world.during(forMs, () => device.start());
    if (!isOrderly) device.crash(isTold);
    else void device.stop();
  },
};

/** The browser throws away what the page has kept. */
export const evict: Action<Spell> = {
  weight: 1,
  draw: (draw) => ({ device: anyDevice(draw), forMs: draw.random.mostlySmall(5_000) }),
  run: (world, { device: name, forMs }) => {
    const device = world.device(name);
    if (device.hasTabs) return;
    device.evict();
    world.during(forMs, () => device.start());
  },
};

/** Writing transactions are aborted, for whatever reason browsers have. */
export const abortWrites: Action<Spell & { readonly share: number; readonly error: string }> = {
  weight: 4,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.spellMs(),
    share: draw.random.pick([0.2, 0.5, 1]),
    error: draw.random.pick(['QuotaExceededError', 'AbortError', 'UnknownError']),
  }),
  run: (world, { device: name, forMs, share, error }) => {
    const { moods, hasTabs } = world.device(name);
    // A page that gives its storage up shares nothing with the others any more.
    if (hasTabs) return;
    moods.abort = { share, error };
    world.disturb(name, forMs + 15_000);
    world.during(forMs, () => (moods.abort = undefined));
  },
};

/** The browser closes the database under the page, which may find it shut for a while. */
export const closeDatabase: Action<Spell> = {
  weight: 3,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.random.chance(0.5) ? 0 : draw.spellMs(),
  }),
  run: (world, { device: name, forMs }) => {
    const { moods, page, hasTabs } = world.device(name);
    if (hasTabs) return;
    page?.factory.closeAll();
    world.disturb(name, forMs + 15_000);
    if (forMs === 0) return;
    moods.isUnopenable = true;
    world.during(forMs, () => (moods.isUnopenable = false));
  },
};

/** The storage takes its time, so that more happens in the middle of a transaction. */
export const slowStorage: Action<Spell & { readonly stepMs: number }> = {
  weight: 3,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.spellMs(),
    stepMs: draw.random.between(20, 400),
  }),
  run: (world, { device: name, forMs, stepMs }) => {
    const device = world.device(name);
    const before = world.plan.shape.devices.find((shape) => shape.name === name);
    device.stepMs = stepMs;
    world.disturb(name, forMs + 20_000);
    world.during(forMs, () => (device.stepMs = before?.stepMs ?? 1));
  },
};

/** Somebody sets the device's clock. */
export const deviceClock: Action<{ readonly device: string; readonly byMs: number }> = {
  weight: 3,
  draw: (draw) => ({
    device: anyDevice(draw),
    byMs: clockJump(draw.random),
  }),
  run: (world, { device, byMs }) => {
    world.device(device).skewMs += byMs;
  },
};

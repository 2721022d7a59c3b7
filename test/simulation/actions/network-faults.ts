/** What goes wrong between a device and the server. */
import type { InFlight } from '../world/link.js';
import { anyDevice, type Action } from './action.js';

type Spell = { readonly device: string; readonly forMs: number };

const FATES: readonly InFlight[] = ['arrives', 'lost'];

/** The sockets of a device break; what was on its way arrives or does not. */
export const cut: Action<{
  readonly device: string;
  readonly up: InFlight;
  readonly down: InFlight;
}> = {
  weight: 10,
  draw: (draw) => ({
    device: anyDevice(draw),
    up: draw.random.pick(FATES),
    down: draw.random.pick(FATES),
  }),
  run: (world, { device, up, down }) => {
    world.disturb(device, 1_000);
    for (const link of world.network.links(device)) link.cut(up, down);
  },
};

/** Nothing passes and nobody is told; afterwards everything arrives late, or the sockets break. */
export const stall: Action<
  Spell & { readonly ways: 'up' | 'down' | 'both'; readonly then: 'late' | 'lost' }
> = {
  weight: 8,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.spellMs(),
    ways: draw.random.pick(['up', 'down', 'both', 'both'] as const),
    then: draw.random.pick(['late', 'late', 'lost'] as const),
  }),
  run: (world, { device, forMs, ways, then }) => {
    const { network } = world;
    const weather = network.weather(device);
    weather.holdsUp ||= ways !== 'down';
    weather.holdsDown ||= ways !== 'up';
    world.disturb(device, forMs + 2_000);
    world.during(forMs, () => {
      weather.holdsUp = weather.holdsDown = false;
      if (then === 'lost') for (const link of network.links(device)) link.cut('lost', 'lost');
      network.release(device);
    });
  },
};

/** A device has no network, and knows it. */
export const offline: Action<Spell> = {
  weight: 6,
  draw: (draw) => ({ device: anyDevice(draw), forMs: draw.spellMs() * 2 }),
  run: (world, { device, forMs }) => {
    const weather = world.network.weather(device);
    weather.connects = 'refused';
    for (const link of world.network.links(device)) link.cut('lost', 'lost');
    world.disturb(device, forMs + 1_000);
    world.during(forMs, () => (weather.connects = 'open'));
  },
};

/** What the server tells unasked gets lost now and then. */
export const loseHints: Action<Spell & { readonly share: number }> = {
  weight: 5,
  draw: (draw) => ({
    device: anyDevice(draw),
    forMs: draw.spellMs(),
    share: draw.random.pick([0.1, 0.5, 1]),
  }),
  run: (world, { device, forMs, share }) => {
    const weather = world.network.weather(device);
    weather.losesHints = share;
    // A hint that is lost is made up for by the next heartbeat.
    world.disturb(device, forMs + 40_000);
    world.during(forMs, () => (weather.losesHints = 0));
  },
};

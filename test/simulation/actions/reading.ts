/** What people do with messages of others, and what brings people together. */
import type { Read } from '../world/ledger.js';
import { anyDevice, anyPlace, anyTab, ignoreFailure, type Action } from './action.js';

type Place = { readonly device: string; readonly conversation: string };

/** Reads a share of what the device has. */
export const markRead: Action<Place & { readonly share: number }> = {
  weight: 15,
  draw: (draw) => ({ ...anyPlace(draw), share: draw.random.chance(0.7) ? 1 : draw.random.next() }),
  run: (world, { device: name, conversation, share }) => {
    const device = world.device(name);
    const { somePage: page, user } = device;
    const rows = device.rows('conversations');
    const row = rows.find(({ id }) => id === conversation);
    const seq = Math.ceil((row?.local?.to ?? 0) * share);
    if (!page || seq === 0) return;
    const read: Read = {
      ...{ device: name, user, conversation, seq },
      ...{ isStored: false, isExcused: false },
    };
    world.ledger.reads.push(read);
    page.client.markRead(conversation, seq).then(() => {
      if (page.isAlive) read.isStored = true;
    }, ignoreFailure);
  },
};

/** Begins or ends looking at the newest message of a conversation. */
export const keepRead: Action<Place> = {
  weight: 4,
  draw: anyPlace,
  run: (world, { device, conversation }) => {
    const { page, user } = world.device(device);
    if (!page) return;
    const end = page.keeps.get(conversation);
    page.keeps.delete(conversation);
    if (end) end();
    else {
      page.keeps.set(conversation, page.client.keepRead(conversation));
      world.ledger.keptRead.add(`${user} ${conversation}`);
    }
  },
};

/** Opens a window, or closes the one that is open. */
export const window: Action<Place & { readonly pageSize: number }> = {
  weight: 8,
  draw: (draw) => ({ ...anyPlace(draw), pageSize: draw.random.pick([3, 10, 50]) }),
  run: (world, { device, conversation, pageSize }) => {
    const { page } = world.device(device);
    if (page?.windows.has(conversation)) page.close(conversation);
    else page?.open(conversation, pageSize);
  },
};

/** Moves an open window. */
export const scroll: Action<Place & { readonly way: 'older' | 'newer' | 'latest' }> = {
  weight: 6,
  draw: (draw) => ({
    ...anyPlace(draw),
    way: draw.random.pick(['older', 'older', 'newer', 'latest'] as const),
  }),
  run: (world, { device, conversation, way }) => {
    const window = world.device(device).page?.windows.get(conversation);
    if (way === 'older') void window?.loadOlder();
    else if (way === 'newer') void window?.loadNewer();
    else void window?.loadLatest();
  },
};

export const typing: Action<Place & { readonly active: boolean }> = {
  weight: 2,
  draw: (draw) => ({ ...anyPlace(draw), active: draw.random.chance(0.7) }),
  run: (world, { device, conversation, active }) => {
    world.device(device).page?.client.setTyping(conversation, active);
  },
};

/** The back end makes the groups that are not there yet. */
export const group: Action<{ readonly group: string }> = {
  weight: 3,
  draw: ({ random, shape }) => ({ group: random.pick(shape.groups).id }),
  run: ({ server, plan }, { group }) => {
    const { members } = plan.shape.groups.find(({ id }) => id === group) ?? { members: [] };
    server.core?.createGroup({ id: group, name: group, members }).catch(ignoreFailure);
  },
};

/** Somebody gets another name. */
export const rename: Action<{ readonly user: string; readonly name: string }> = {
  weight: 1,
  draw: ({ random, shape, id }) => ({ user: random.pick(shape.users), name: `Name ${id}` }),
  run: ({ server }, { user, name }) => {
    server.core?.putUser({ id: user, name }).catch(ignoreFailure);
  },
};

/** A page looks at its connection again, as when somebody comes back to it. */
export const wake: Action<{ readonly device: string; readonly byHand: boolean }> = {
  weight: 3,
  draw: (draw) => ({ device: anyDevice(draw), byHand: draw.random.chance(0.3) }),
  run: (world, { device, byHand }) => {
    const { page } = world.device(device);
    if (byHand) page?.client.reconnect();
    else for (const wake of page?.wakes ?? []) wake();
  },
};

/** Another page is opened, and closed again some time later. */
export const openTab: Action<{
  readonly device: string;
  readonly tab: number;
  readonly forMs: number;
}> = {
  weight: 7,
  draw: (draw) => ({ ...anyTab(draw), forMs: 2_000 + draw.random.between(0, 40_000) }),
  run: (world, { device: name, forMs }) => {
    const device = world.device(name);
    const page = device.openTab();
    if (page) world.clock.schedule(world.fate, forMs, () => void device.closeTab(page));
  },
};

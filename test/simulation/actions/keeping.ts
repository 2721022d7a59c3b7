/** What people keep for themselves about conversations. */
import { ATTENTION, type Attention } from '../../../src/protocol/registers.js';
import type { ImClient } from '../../../src/client/public.js';
import type { World } from '../world/world.js';
import { anyPlace, ignoreFailure, type Action } from './action.js';

type Place = { readonly device: string; readonly conversation: string };
type Switch = Place & { readonly on: boolean };
type Filing = Switch & { readonly folder: string };

const FOLDERS = ['work', 'home'];

function clientOf(world: World, { device }: Place): ImClient | undefined {
  return world.device(device).page?.client;
}

export const attention: Action<Place & { readonly attention: Attention }> = {
  weight: 2,
  draw: (draw) => ({ ...anyPlace(draw), attention: draw.random.pick(ATTENTION) }),
  run: (world, { attention: value, ...place }) => {
    clientOf(world, place)?.setAttention(place.conversation, value).catch(ignoreFailure);
  },
};

export const pinConversation: Action<Switch> = {
  weight: 2,
  draw: (draw) => ({ ...anyPlace(draw), on: draw.random.chance(0.6) }),
  run: (world, { on, ...place }) => {
    clientOf(world, place)?.pinConversation(place.conversation, on).catch(ignoreFailure);
  },
};

export const markUnread: Action<Switch> = {
  weight: 2,
  draw: (draw) => ({ ...anyPlace(draw), on: draw.random.chance(0.8) }),
  run: (world, { on, ...place }) => {
    clientOf(world, place)?.markUnread(place.conversation, on).catch(ignoreFailure);
  },
};

export const hide: Action<Place> = {
  weight: 2,
  draw: anyPlace,
  run: (world, place) => {
    clientOf(world, place)?.hideConversation(place.conversation).catch(ignoreFailure);
  },
};

/** Makes, renames or removes a folder. */
export const folder: Action<Filing & { readonly name: string }> = {
  weight: 2,
  draw: (draw) => ({
    ...anyPlace(draw),
    folder: draw.random.pick(FOLDERS),
    name: `Folder ${draw.id}`,
    on: draw.random.chance(0.8),
  }),
  run: (world, { folder: id, name, on, ...place }) => {
    const client = clientOf(world, place);
    if (on) client?.saveFolder({ id, name }).catch(ignoreFailure);
    else client?.removeFolder(id).catch(ignoreFailure);
  },
};

export const file: Action<Filing> = {
  weight: 2,
  draw: (draw) => ({
    ...anyPlace(draw),
    folder: draw.random.pick(FOLDERS),
    on: draw.random.chance(0.7),
  }),
  run: (world, { folder: id, on, ...place }) => {
    clientOf(world, place)?.file(id, place.conversation, on).catch(ignoreFailure);
  },
};

/** What people do with messages of their own. */
import { ImError } from '../../../src/protocol/im-error.js';
import type { MessageRow } from '../../../src/client/database/database.js';
import { c2cPeer } from '../../../src/protocol/ids.js';
import type { Sent } from '../world/ledger.js';
import type { World } from '../world/world.js';
import { anyPlace, ignoreFailure, type Action } from './action.js';

type Place = { readonly device: string; readonly conversation: string };

/** Sends one text, and writes down what is promised. */
function write(world: World, { device, conversation }: Place, text: string): void {
  const { somePage: page, user } = world.device(device);
  const { ledger } = world;
  if (!page) return;
  const sent: Sent = { device, user, conversation, text, askedAt: ledger.moment() };
  ledger.sent.push(sent);
  page.client.sendText(conversation, text).then(
    ({ id }) => {
      // What a page that is gone would have said, nobody has heard.
      if (page.isAlive) Object.assign(sent, { id, storedAt: ledger.moment() });
    },
    (error: unknown) => {
      if (!(error instanceof ImError)) throw error;
      if (page.isAlive) sent.refused = error.code;
    },
  );
}

export const send: Action<Place & { readonly text: string; readonly count: number }> = {
  weight: 40,
  draw: (draw) => ({
    ...anyPlace(draw),
    text: `m${draw.id}`,
    count: draw.random.chance(0.15) ? draw.random.integer(2, 12) : 1,
  }),
  run: (world, { text, count, ...place }) => {
    for (let index = 0; index < count; index++) {
      write(world, place, count === 1 ? text : `${text}.${index}`);
    }
  },
};

/** The messages that wait on a device, oldest first. */
function waiting(world: World, { device, conversation }: Place): readonly MessageRow[] {
  return world
    .device(device)
    .rows('messages')
    .filter((row) => row.conversation === conversation && row.pending !== undefined);
}

function sentAs(world: World, id: string): Sent | undefined {
  return world.ledger.sent.find((sent) => sent.id === id);
}

export const retry: Action<Place> = {
  weight: 3,
  draw: anyPlace,
  run: (world, place) => {
    const failed = waiting(world, place).filter(({ pending }) => typeof pending === 'object');
    for (const { sender, clientId } of failed) {
      const id = `${sender}/${clientId}`;
      const sent = sentAs(world, id);
      if (sent) sent.isRetried = true;
      const client = world.device(place.device).page?.client;
      client?.retry(place.conversation, id).catch(ignoreFailure);
    }
  },
};

export const discard: Action<Place> = {
  weight: 2,
  draw: anyPlace,
  run: (world, place) => {
    const [first] = waiting(world, place);
    if (!first) return;
    const id = `${first.sender}/${first.clientId}`;
    const sent = sentAs(world, id);
    if (sent) sent.excuse ??= 'was discarded';
    const client = world.device(place.device).page?.client;
    client?.discard(place.conversation, id).catch(ignoreFailure);
  },
};

/** The site's own back end speaks in somebody's name. */
export const post: Action<Place & { readonly text: string }> = {
  weight: 5,
  draw: (draw) => ({ ...anyPlace(draw), text: `p${draw.id}` }),
  run: (world, { device, conversation, text }) => {
    const { core } = world.server;
    if (!core) return;
    const posted: { conversation: string; text: string; seq?: number } = { conversation, text };
    world.ledger.posted.push(posted);
    core.post(conversation, world.device(device).user, 'text', { text }).then(({ seq }) => {
      if (world.server.core === core) posted.seq = seq;
    }, ignoreFailure);
  },
};

export const openPeer: Action<Place> = {
  weight: 2,
  draw: anyPlace,
  run: (world, { device, conversation }) => {
    const { page, user } = world.device(device);
    const peer = c2cPeer(conversation, user);
    if (peer !== undefined) page?.client.openPeer(peer).catch(ignoreFailure);
  },
};

export const draft: Action<Place & { readonly text: string }> = {
  weight: 3,
  draw: (draw) => ({ ...anyPlace(draw), text: draw.random.chance(0.3) ? '' : `d${draw.id}` }),
  run: (world, { device, conversation, text }) => {
    world.device(device).page?.client.setDraft(conversation, text).catch(ignoreFailure);
  },
};

/** What people do to messages that they see. */
import type { MessageRow } from '../../../src/client/database/database.js';
import type { ImClient } from '../../../src/client/public.js';
import { isMessageKind } from '../../../src/protocol/changes.js';
import { baseOf } from '../checks/truth.js';
import type { World } from '../world/world.js';
import { anyPlace, ignoreFailure, type Action, type Draw } from './action.js';

type Choice = {
  readonly device: string;
  readonly conversation: string;
  /** Only among those that its user has written; others are refused to most changes. */
  readonly isOwn: boolean;
  /** Which one, counted from the newest. */
  readonly which: number;
};

type Found = { readonly client: ImClient; readonly row: MessageRow; readonly id: string };

function anyMessage(draw: Draw, own: number): Choice {
  const { random } = draw;
  const which = random.chance(0.5) ? 0 : Math.floor(random.mostlySmall(20));
  return { ...anyPlace(draw), isOwn: random.chance(own), which };
}

/** A message as the device has it: what a window of it shows, or could. */
function find(
  world: World,
  { device: name, conversation, isOwn, which }: Choice,
): Found | undefined {
  const device = world.device(name);
  const { somePage: page, user } = device;
  const seen = device
    .rows('messages')
    .filter((row) => row.conversation === conversation && isMessageKind(row.kind))
    .filter(({ sender }) => !isOwn || sender === user);
  const row = seen[Math.max(seen.length - 1 - which, 0)];
  if (!page || !row) return;
  return { client: page.client, row, id: `${row.sender}/${row.clientId}` };
}

export const edit: Action<Choice & { readonly words: string }> = {
  weight: 10,
  draw: (draw) => ({ ...anyMessage(draw, 0.9), words: `e${draw.id}` }),
  run: (world, { words, ...choice }) => {
    const found = find(world, choice);
    const text = baseOf(found?.row);
    if (!found || text === undefined) return;
    found.client.edit(choice.conversation, found.id, `${text}~${words}`).catch(ignoreFailure);
  },
};

export const recall: Action<Choice> = {
  weight: 4,
  draw: (draw) => anyMessage(draw, 0.9),
  run: (world, choice) => {
    const found = find(world, choice);
    found?.client.recall(choice.conversation, found.id).catch(ignoreFailure);
  },
};

export const remove: Action<Choice & { readonly for: 'me' | 'all' }> = {
  weight: 5,
  draw: (draw) => {
    const whom = draw.random.pick(['me', 'all'] as const);
    return { ...anyMessage(draw, whom === 'all' ? 0.9 : 0.3), for: whom };
  },
  run: (world, choice) => {
    const { device, conversation } = choice;
    const found = find(world, choice);
    if (!found) return;
    const { sender, clientId } = found.row;
    const { user } = world.device(device);
    // By its id: one that waits may have its place by the time that it is removed.
    if (choice.for === 'me') {
      world.ledger.removed.add(`${user} ${conversation} ${sender}/${clientId}`);
    }
    found.client.remove(conversation, found.id, { for: choice.for }).catch(ignoreFailure);
  },
};

export const react: Action<Choice & { readonly emoji: string; readonly on: boolean }> = {
  weight: 10,
  draw: (draw) => ({
    ...anyMessage(draw, 0.3),
    emoji: draw.random.pick(['\u{1F44D}', '\u{1F389}']),
    on: draw.random.chance(0.65),
  }),
  run: (world, { emoji, on, ...choice }) => {
    const found = find(world, choice);
    found?.client.react(choice.conversation, found.id, emoji, on).catch(ignoreFailure);
  },
};

export const pin: Action<Choice & { readonly on: boolean }> = {
  weight: 4,
  draw: (draw) => ({ ...anyMessage(draw, 0.3), on: draw.random.chance(0.7) }),
  run: (world, { on, ...choice }) => {
    const found = find(world, choice);
    found?.client.pinMessage(choice.conversation, found.id, on).catch(ignoreFailure);
  },
};

export const star: Action<Choice & { readonly on: boolean }> = {
  weight: 3,
  draw: (draw) => ({ ...anyMessage(draw, 0.3), on: draw.random.chance(0.7) }),
  run: (world, { on, ...choice }) => {
    const found = find(world, choice);
    found?.client.star(choice.conversation, found.id, on).catch(ignoreFailure);
  },
};

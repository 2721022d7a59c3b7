/** What has been written before anybody comes: messages, and what became of them much later. */
import type { World } from './world.js';
import { Random } from './random.js';

/** Most of the first messages are above the first page of a device, their changes within it. */
const EARLY = 20;
const EMOJI = ['\u{1F44D}', '\u{1F389}'];

export async function writeHistory(world: World): Promise<void> {
  const { seed, shape } = world.plan;
  const { history, users, groups } = shape;
  const [group] = groups;
  if (!group || history === 0) return;
  const random = new Random(seed, 'history');
  const senders = Array.from({ length: history }, () => random.pick(users));
  const early = senders.slice(0, EARLY);
  await writeAll(
    world,
    group.id,
    early.map((user, index) => ({ user, ...text(index) })),
  );
  const late = senders.slice(EARLY).map((user, index) => {
    if (random.chance(0.4)) return { user, ...text(EARLY + index) };
    const place = random.integer(0, EARLY - 1);
    // The first event of a group tells that it was made.
    return changeOf(random, {
      user,
      target: place + 2,
      index,
      author: senders[place] ?? user,
      place,
    });
  });
  await writeAll(world, group.id, late);
}

type Written = { readonly user: string; readonly kind: string; readonly body: object };

type Changing = {
  readonly user: string;
  readonly author: string;
  readonly target: number;
  readonly place: number;
  readonly index: number;
};

function text(index: number): { readonly kind: string; readonly body: { readonly text: string } } {
  return { kind: 'text', body: { text: `h${index}` } };
}

function changeOf(random: Random, { user, author, target, place, index }: Changing): Written {
  const on = random.chance(0.6);
  switch (random.integer(0, 9)) {
    case 0:
      return { user: author, kind: 'recall', body: { target } };
    case 1:
      return { user: author, kind: 'delete', body: { target } };
    case 2:
      return { user, kind: 'pin', body: { target, on } };
    case 3:
    case 4:
    case 5:
      // A second version would need to be counted; it is refused.
      return {
        user: author,
        kind: 'edit',
        body: { target, version: 2, text: `h${place}~v${index}` },
      };
    default:
      return { user, kind: 'react', body: { target, emoji: random.pick(EMOJI), on } };
  }
}

/** What the server refuses is not there. */
async function writeAll(world: World, group: string, all: readonly Written[]): Promise<void> {
  const { ledger, server } = world;
  const { core } = server;
  if (!core) return;
  for (const { kind, body } of all) {
    if (kind === 'text') {
      ledger.posted.push({ conversation: group, text: (body as { text: string }).text });
    }
  }
  const posted = all.map(({ user, kind, body }) => core.post(group, user, kind, body));
  await world.complete(Promise.allSettled(posted));
}

/** Compares what the client shows with the log: the list of conversations, and every window. */
import type { Conversation, HistoryState, Live, Message } from '../../../src/client/public.js';
import { NO_CHANGES, type Changes } from '../../../src/protocol/changes.js';
import type { LogEvent } from '../../../src/protocol/entities.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import type { Device } from '../world/device.js';
import type { Page } from '../world/page.js';
import type { World } from '../world/world.js';
import { countUnread, keptAbout, shared, textOf, visible, type True, type Truth } from './truth.js';

const NEW = 'a new window';

export async function checkScreens(world: World, truth: Truth): Promise<void> {
  for (const device of world.devices.values()) {
    for (const page of device.pages) await checkPage(world, device, page, truth);
  }
}

async function checkPage(world: World, device: Device, page: Page, truth: Truth): Promise<void> {
  checkList(world, device, page, truth);
  for (const [id, known] of shared(truth)) {
    if (!known.members.has(device.user)) continue;
    const left = page.shown.get(id);
    const compared = { truth, known };
    if (left) checkWindow(world, device, left, compared, 'a window left open');
    page.close(id);
    checkWindow(world, device, await readAll(world, page, id), compared, NEW);
  }
}

/** Opens a window and goes up to the beginning. */
async function readAll(world: World, page: Page, id: string): Promise<HistoryState> {
  const window = page.open(id, 30);
  await world.complete(window.loadLatest());
  let state = present(window.state);
  for (let pages = 0; state.hasOlder && pages < 50; pages++) {
    await world.complete(window.loadOlder());
    state = present(window.state);
  }
  page.close(id);
  return state;
}

function present<T>(live: Live<T>): T {
  return (live as Live<T> & { readonly value: T }).value;
}

function checkWindow(
  { ledger }: World,
  { name, user }: Device,
  state: HistoryState,
  { truth, known }: { readonly truth: Truth; readonly known: True },
  where: string,
): void {
  const complain = (what: string): void => {
    ledger.violation('screen', `${name} ${what} in ${where} of ${known.conversation.id}`);
  };
  // One that was opened while the server could not answer asks whoever looks to try again.
  if (state.error && where === NEW) complain(`has the error ${state.error.code}`);
  const shown = state.messages.filter(({ seq }) => seq !== undefined);
  const whole = visible(truth, user, known);
  const first = whole.findIndex(({ seq }) => seq === shown[0]?.seq);
  if (first < 0 && shown.length > 0) complain(`begins with ${String(shown[0]?.seq)}`);
  if (!state.hasOlder && first > 0) complain(`says that nothing is above ${first} messages`);
  if (!state.hasOlder && first < 0 && whole.length > 0) complain('shows nothing');
  const last = shown.at(-1)?.seq;
  const end = whole.at(-1)?.seq;
  if (!state.hasNewer && last !== end) complain(`ends with ${String(last)} of ${String(end)}`);
  const starred = keptAbout(truth, user, known.conversation.id).filter(
    (register) => register.name === 'starred' && register.value === true,
  );
  for (const [index, message] of shown.entries()) {
    const event = whole[first + index];
    if (!event || message.id !== `${event.sender}/${event.clientId}` || message.seq !== event.seq) {
      complain(`shows ${message.id} at ${String(message.seq)}`);
      continue;
    }
    const is = `${message.state.status} ${faceOf(message)}`;
    const isStarred = starred.some(({ item }) => item === event.seq);
    const face = expectedFace(event, known.changes.get(event.seq) ?? NO_CHANGES, isStarred);
    const should = `${stateOf(message, user, known)} ${face}`;
    if (is !== should) complain(`shows ${event.seq} as ${is}, not ${should},`);
  }
}

/** All that is to be seen of a message, in short. */
function faceOf({ content, edited, reactions, pinned, starred }: Message): string {
  const words = content.type === 'text' ? content.text : content.type;
  const given = reactions.map(
    ({ emoji, people }) => `${emoji}${people.map(({ id }) => id).join()}`,
  );
  return JSON.stringify({ words, edited, given, pinned, starred });
}

function expectedFace(event: LogEvent, changes: Changes, starred: boolean): string {
  const { versions, gone, pin } = changes;
  const text = versions.at(-1)?.text ?? textOf(event);
  const on = changes.reactions.filter((each) => each.on).sort((one, other) => one.seq - other.seq);
  const given = [...new Set(on.map(({ emoji }) => emoji))].map((emoji) => {
    const people = on.filter((each) => each.emoji === emoji).map(({ user }) => user);
    return `${emoji}${people.join()}`;
  });
  const words = gone ? 'gone' : event.kind === 'text' ? text : event.kind;
  return JSON.stringify({
    ...{ words, edited: versions.length > 0, given, pinned: pin?.on === true, starred },
  });
}

function stateOf({ seq = 0, sender }: Message, user: string, { members }: True): string {
  if (sender.id !== user) return 'received';
  const others = [...members.values()].filter((member) => member.user !== user);
  if (others.every(({ receipt }) => receipt >= seq)) return 'read';
  return others.every(({ delivered }) => delivered >= seq) ? 'delivered' : 'sent';
}

function checkList(world: World, device: Device, page: Page, truth: Truth): void {
  const { client } = page;
  const list = present(client.conversations);
  const complain = (what: string): void => {
    world.ledger.violation('list', `${device.name} ${what}`);
  };
  let sum = 0;
  for (const [id, known] of shared(truth)) {
    const own = known.members.get(device.user);
    if (!own) continue;
    const kept = new Map(keptAbout(truth, device.user, id).map(({ name, value }) => [name, value]));
    const shown = list.find((each) => each.id === id);
    const isHidden = known.conversation.messageSeq <= Number(kept.get('hidden') ?? -1);
    const isWaiting = device.rows('conversations').some((row) => row.id === id && row.pending);
    if (!shown !== (isHidden && !isWaiting)) complain(`shows ${id}: ${String(!!shown)}`);
    const unread = Math.min(countUnread(known, device.user, own.read), LIMITS.unreadCap);
    if (!shown) continue;
    if (shown.unread !== unread) complain(`shows ${shown.unread} unread of ${id}`);
    if (shown.pinned !== (kept.get('pinned') ?? undefined)) complain(`pins ${id} elsewhere`);
    if (shown.attention !== (kept.get('attention') ?? 'all')) complain(`mutes ${id} wrongly`);
    if (shown.markedUnread !== (kept.get('unread') ?? false)) complain(`marks ${id} wrongly`);
    if (['all', 'count'].includes(shown.attention)) sum += unread;
  }
  const total = present(client.totalUnread);
  if (total !== sum) complain(`shows ${total} unread altogether, not ${sum}`);
  if (!isSorted(list)) complain('shows the conversations in a wrong order');
}

function isSorted(list: readonly Conversation[]): boolean {
  return list.every((each, index) => {
    const before = list[index - 1];
    const [one, other] = [before?.pinned ?? Infinity, each.pinned ?? Infinity];
    return !before || one < other || (one === other && each.activeAt <= before.activeAt);
  });
}

/** Compares what the client shows with the log: the list of conversations, and every window. */
import type { Conversation, HistoryState, Live, Message } from '../../../src/client/public.js';
import type { Device } from '../world/device.js';
import type { Page } from '../world/page.js';
import type { World } from '../world/world.js';
import { countUnread, shared, type True, type Truth } from './truth.js';

const NEW = 'a new window';

export async function checkScreens(world: World, truth: Truth): Promise<void> {
  for (const device of world.devices.values()) {
    const { page } = device;
    if (!page) continue;
    checkList(world, device, page, truth);
    for (const [id, known] of shared(truth)) {
      if (!known.members.has(device.user)) continue;
      const left = page.shown.get(id);
      if (left) checkWindow(world, device, left, known, 'a window left open');
      page.close(id);
      checkWindow(world, device, await readAll(world, page, id), known, NEW);
    }
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
  known: True,
  where: string,
): void {
  const { log, conversation } = known;
  const complain = (what: string): void => {
    ledger.violation('screen', `${name} ${what} in ${where} of ${conversation.id}`);
  };
  // One that was opened while the server could not answer asks whoever looks to try again.
  if (state.error && where === NEW) complain(`has the error ${state.error.code}`);
  const shown = state.messages.filter(({ seq }) => seq !== undefined);
  const first = shown[0]?.seq ?? log.length + 1;
  const isWhole = state.hasOlder || first === 1 || log.length === 0;
  if (!isWhole) complain(`begins with ${first}, and says that there is nothing above`);
  const last = shown.at(-1)?.seq ?? 0;
  if (!state.hasNewer && last !== log.length) complain(`ends with ${last} of ${log.length}`);
  for (const message of shown) {
    const event = log[(message.seq ?? 0) - 1];
    if (!event || message.id !== `${event.sender}/${event.clientId}`) {
      complain(`shows ${message.id} at ${String(message.seq)}`);
    } else if (message.state.status !== stateOf(message, user, known)) {
      const expected = stateOf(message, user, known);
      complain(`shows ${String(message.seq)} as ${message.state.status}, not ${expected},`);
    }
  }
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
    const shown = list.find((each) => each.id === id);
    if (!shown) complain(`does not show ${id}`);
    const unread = countUnread(known, device.user, own.read);
    if (shown && shown.unread !== unread) complain(`shows ${shown.unread} unread of ${id}`);
    sum += unread;
  }
  const total = present(client.totalUnread);
  if (total !== sum) complain(`shows ${total} unread altogether, not ${sum}`);
  if (!isSorted(list)) complain('shows the conversations in a wrong order');
}

function isSorted(list: readonly Conversation[]): boolean {
  return list.every(({ activeAt }, index) => activeAt <= (list[index - 1]?.activeAt ?? Infinity));
}

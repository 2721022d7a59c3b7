/**
 * Compares what has become of messages, and what people keep for themselves, with a fold of the log
 * from its first event: on the server, and on every device, which has read all of it by now.
 */
import { newConversation, type ConversationRow } from '../../../src/client/database/database.js';
import { showFolder, showRegister } from '../../../src/client/changes/own.js';
import { NO_CHANGES, isMessageKind, targetOf } from '../../../src/protocol/changes.js';
import { selfId } from '../../../src/protocol/ids.js';
import { stateText, type StoredState } from '../../helpers/state-hash.js';
import type { Device } from '../world/device.js';
import type { World } from '../world/world.js';
import { keptAbout, shared, textOf, type True, type Truth } from './truth.js';

export async function checkFolds(world: World, truth: Truth): Promise<void> {
  for (const known of truth.values()) await checkServer(world, known);
  for (const device of world.devices.values()) {
    for (const [id, known] of shared(truth)) {
      if (known.members.has(device.user)) checkDevice(world, device, id, truth);
    }
    checkPersonal(world, device, truth);
    checkWaiting(world, device);
    checkGoneWords(world, device, truth);
  }
  checkEqual(world, truth);
}

/** The server's own rows are what its log says, and words that are gone are in neither. */
async function checkServer({ server, ledger }: World, known: True): Promise<void> {
  const { log, written, changes, conversation } = known;
  const { id, trimmed } = conversation;
  const standing = await server.store.standing(
    id,
    [...log.keys()].map((index) => index + 1),
  );
  const blanked = blankedIn(known);
  for (const { event, changes: folded = NO_CHANGES } of standing) {
    const { seq, kind } = event;
    const wanted = isMessageKind(kind) ? (changes.get(seq) ?? NO_CHANGES) : NO_CHANGES;
    if (textOfChanges(folded) !== textOfChanges(wanted)) {
      ledger.violation('fold', `the server has other changes of ${seq} in ${id}`);
    }
    const body = blanked.has(seq) ? null : written[seq - 1]?.body;
    if (JSON.stringify(event.body) !== JSON.stringify(body)) {
      ledger.violation('words', `${seq} of ${id} on the server is ${JSON.stringify(event.body)}`);
    }
  }
  const pins = [...changes]
    .filter(([target, { pin }]) => target > trimmed && pin?.on)
    .sort(([, one], [, other]) => (one.pin?.seq ?? 0) - (other.pin?.seq ?? 0));
  const found = (await server.store.pins(id)).map(({ target }) => target);
  if (found.join() !== pins.map(([target]) => target).join()) {
    ledger.violation('fold', `the server has other pins in ${id}`);
  }
}

/** The places of everything that went with messages that are gone. */
function blankedIn({ written, changes }: True): ReadonlySet<number> {
  const places = new Set<number>();
  for (const event of written) {
    const target = targetOf(event);
    if (changes.get(event.seq)?.gone) places.add(event.seq);
    if (event.kind === 'edit' && target !== undefined && changes.get(target)?.gone) {
      places.add(event.seq);
    }
  }
  return places;
}

function textOfChanges(changes: typeof NO_CHANGES): string {
  const row = { conversation: '', target: 1, changes, pending: [] };
  return stateText({ row: undefined, messages: [], changes: [row], registers: [] });
}

function checkDevice({ ledger }: World, device: Device, id: string, truth: Truth): void {
  const known = truth.get(id);
  const row = device.rows('conversations').find((each) => each.id === id);
  if (!known || !row?.local) return;
  const { from } = row.local;
  const complain = (what: string): void => {
    ledger.violation('fold', `${device.name} ${what} ${id}`);
  };
  const expected = [...known.changes].map(([target, changes]) => ({ target, changes }));
  const folds = (rows: readonly { target: number; changes: typeof NO_CHANGES }[]): string =>
    stateText({
      ...{ row: undefined, messages: [], registers: [] },
      changes: rows
        .filter(({ target }) => target >= from)
        .map(({ target, changes }) => ({ conversation: id, target, changes, pending: [] })),
    });
  const stored = device.rows('changes').filter(({ conversation }) => conversation === id);
  if (folds(stored) !== folds(expected)) complain('has folded other changes of');
  const blank = newConversation(id, 0);
  const kept = keptAbout(truth, device.user, id);
  for (const register of kept) showRegister(blank, register);
  const own = (shown: typeof row): string =>
    stateText({ row: { ...newConversation(id, 0), own: shown.own ?? {} }, ...NOTHING });
  if (own(row) !== own(blank)) complain('shows other things kept about');
  const last = row.last && (known.changes.get(row.last.order) ?? NO_CHANGES);
  if (last && textOfChanges(row.lastChanges ?? NO_CHANGES) !== textOfChanges(last)) {
    complain('shows other changes of the newest message of');
  }
}

const NOTHING = { messages: [], changes: [], registers: [] } as const;

/** What the personal log says, wherever it is shown. */
function checkPersonal({ ledger }: World, device: Device, truth: Truth): void {
  const id = selfId(device.user);
  const wanted = truth.get(id)?.registers ?? [];
  const stored = device.rows('registers');
  const text = (registers: StoredState['registers']): string =>
    stateText({ ...NOTHING, row: undefined, registers });
  if (text(stored) !== text(wanted)) {
    ledger.violation('fold', `${device.name} keeps other registers`);
  }
  const self = newConversation(id, 0);
  for (const register of wanted) if (register.name === 'folder') showFolder(self, register);
  const row = device.rows('conversations').find((each) => each.id === id);
  if (JSON.stringify(row?.folders ?? []) !== JSON.stringify(self.folders ?? [])) {
    ledger.violation('fold', `${device.name} shows other folders`);
  }
}

/** Whatever was waited for has come or was refused. */
function checkWaiting({ ledger }: World, device: Device): void {
  const complain = (what: string): void => {
    ledger.violation('pending', `${device.name} waits for ${what}`);
  };
  for (const { conversation, target, pending } of device.rows('changes')) {
    if (pending.length > 0) complain(`a change of ${target} in ${conversation}`);
  }
  for (const { name, conversation, pending } of device.rows('registers')) {
    if (pending.length > 0) complain(`${name} of ${conversation}`);
  }
  for (const row of device.rows('conversations')) {
    const { id, waitingChanges, lastPending } = row;
    if (waitingChanges) complain(`${waitingChanges} changes in ${id}`);
    if (lastPending?.length) complain(`a change of the newest message in ${id}`);
  }
}

/** The words of messages that are gone are in no row of a device. */
function checkGoneWords({ ledger }: World, device: Device, truth: Truth): void {
  const tables = ['messages', 'changes', 'conversations', 'outbox'] as const;
  const all = tables.map((table) => [table, JSON.stringify(device.rows(table))] as const);
  for (const [id, known] of shared(truth)) {
    for (const seq of blankedIn(known)) {
      const event = known.written[seq - 1];
      const words = event && textOf(event);
      if (words === undefined) continue;
      for (const [table, rows] of all) {
        if (!rows.includes(JSON.stringify(words))) continue;
        ledger.violation('words', `${device.name} has ${words} of ${id} in its ${table}`);
      }
    }
  }
}

/** All devices of a person have the same. */
function checkEqual({ devices, ledger }: World, truth: Truth): void {
  const first = new Map<string, Device>();
  for (const device of devices.values()) {
    const other = first.get(device.user);
    first.set(device.user, other ?? device);
    if (!other) continue;
    for (const [id, known] of truth) {
      if (!known.members.has(device.user)) continue;
      if (stateOf(device, id, other) === stateOf(other, id, device)) continue;
      ledger.violation('unequal', `${device.name} and ${other.name} in ${id}`);
    }
  }
}

function rowOf(device: Device, id: string): ConversationRow | undefined {
  return device.rows('conversations').find((row) => row.id === id);
}

/** What has to be the same on another device, too. */
function stateOf(device: Device, id: string, other: Device): string {
  const isOf = ({ conversation }: { readonly conversation: string }): boolean =>
    conversation === id;
  const row = rowOf(device, id);
  const both = [row, rowOf(other, id)];
  // The text of a composer may wait for the next connection to be told.
  const isTold = !both.some((each) => each?.draftWaits);
  // What has failed on a device goes by its own clock.
  const isOnServer = !both.some((each) => each?.pending);
  return stateText({
    row: row && {
      ...row,
      draft: isTold ? row.draft : '',
      activeAt: isOnServer ? row.activeAt : 0,
    },
    messages: device.rows('messages').filter(isOf),
    // What changes messages that were gone before it came stays until the next removal; nothing shows it.
    changes: device
      .rows('changes')
      .filter((each) => isOf(each) && each.target > (row?.trimmed ?? 0)),
    registers: device.rows('registers').filter((row) => id.startsWith('self:') || isOf(row)),
  });
}

/** Compares what people wrote with the log: nothing lost, nothing twice, nothing that nobody wrote. */
import type { MessageRow } from '../../../src/client/database/database.js';
import type { Sent } from '../world/ledger.js';
import type { World } from '../world/world.js';
import { baseOf, type Truth } from './truth.js';

/** With these the server refuses for good, and whoever wrote it is told. */
const FINAL: ReadonlySet<string> = new Set(['conversation/not-found']);

export function checkServerLog(world: World, truth: Truth): void {
  const places = placesOf(world, truth);
  for (const sent of world.ledger.sent) checkSent(world, sent, placed(places, sent));
  for (const posted of world.ledger.posted) {
    const found = placed(places, posted);
    const isLost = posted.seq !== undefined && found[0] !== posted.seq;
    if (isLost) world.ledger.violation('lost', `${posted.text} of the back end`);
    if (found.length > 1) world.ledger.violation('doubled', `${posted.text} of the back end`);
  }
  checkOrder(world, places);
}

type Pending = MessageRow & { readonly pending: NonNullable<MessageRow['pending']> };

/** Where each text is, by conversation and text. */
type Places = ReadonlyMap<string, readonly number[]>;

const NOWHERE: readonly number[] = [];

function placed(places: Places, { conversation, text }: Pick<Sent, 'conversation' | 'text'>) {
  return places.get(`${conversation} ${text}`) ?? NOWHERE;
}

function placesOf({ ledger }: World, truth: Truth): Places {
  const known = new Set(
    [...ledger.sent, ...ledger.posted].map((e) => `${e.conversation} ${e.text}`),
  );
  const places = new Map<string, number[]>();
  for (const [id, { log, written }] of truth) {
    let at = 0;
    if (written.length !== log.length) ledger.violation('hole', `${id} is not as it was written`);
    for (const [index, event] of log.entries()) {
      if (event.seq !== index + 1) ledger.violation('hole', `${event.seq} of ${id} in the log`);
      if (event.at < at) ledger.violation('time', `${event.seq} of ${id} is before the one above`);
      at = event.at;
      // Its words may be gone by now.
      const first = written[index];
      const key = `${id} ${String(baseOf(first))}`;
      if (event.kind !== 'text') continue;
      if (!known.has(key)) ledger.violation('phantom', `${key} was written by nobody`);
      const found = places.get(key);
      if (found) found.push(event.seq);
      else places.set(key, [event.seq]);
    }
  }
  return places;
}

function checkSent(world: World, sent: Sent, places: readonly number[]): void {
  const { ledger } = world;
  const { device, conversation, text, storedAt, refused, excuse } = sent;
  const name = `${text} of ${device} in ${conversation}`;
  if (places.length > 1) ledger.violation('doubled', name);
  if (refused !== undefined && places.length > 0) ledger.violation('refused-yet-sent', name);
  const owner = world.device(device);
  const row = pendingRow(owner.rows('messages'), sent);
  if (row && places.length > 0) ledger.violation('sent-yet-pending', name);
  if (storedAt === undefined || places.length > 0 || excuse !== undefined) return;
  if (!row) {
    // A database that the page cannot reach at present has it for the next one.
    const onDisk = owner.disk.rows(owner.databaseName, 'messages');
    if (!pendingRow(onDisk, sent)) ledger.violation('lost', name);
  } else if (typeof row.pending !== 'object') ledger.violation('stuck', `${name}: ${row.pending}`);
  else if (!FINAL.has(row.pending.failed)) {
    ledger.violation('failed', `${name}: ${row.pending.failed}`);
  }
}

/** The message as it waits in a database. */
function pendingRow(rows: readonly MessageRow[], { id }: Sent): Pending | undefined {
  return rows.find(
    (row): row is Pending => row.pending !== undefined && `${row.sender}/${row.clientId}` === id,
  );
}

/** What was stored before the next was written comes before it, too. */
function checkOrder({ ledger }: World, places: Places): void {
  const lanes = new Map<string, Sent[]>();
  for (const sent of ledger.sent) {
    const lane = `${sent.device} ${sent.conversation}`;
    lanes.set(lane, [...(lanes.get(lane) ?? []), sent]);
  }
  for (const [lane, all] of lanes) {
    const sure = all.filter(({ storedAt, isRetried }) => storedAt !== undefined && !isRetried);
    for (const [index, later] of sure.entries()) {
      for (const earlier of sure.slice(0, index)) {
        if ((earlier.storedAt ?? 0) > later.askedAt) continue;
        const [first, second] = [placed(places, earlier)[0], placed(places, later)[0]];
        if (first === undefined || second === undefined || first < second) continue;
        ledger.violation('inversion', `${later.text} before ${earlier.text} of ${lane}`);
      }
    }
  }
}

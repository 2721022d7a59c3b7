/** Compares how far everybody has read, on every device and on the server. */
import type { ConversationRow } from '../../../src/client/database/database.js';
import { isMessageKind } from '../../../src/protocol/changes.js';
import { LIMITS } from '../../../src/protocol/limits.js';
import type { Device } from '../world/device.js';
import type { World } from '../world/world.js';
import { countUnread, shared, type True, type Truth } from './truth.js';

export function checkMarks(world: World, truth: Truth): void {
  for (const [id, known] of shared(truth)) {
    for (const user of known.members.keys()) checkReader(world, id, known, user);
    for (const device of world.devices.values()) {
      const row = device.rows('conversations').find((found) => found.id === id);
      if (row && known.members.has(device.user)) checkDevice(world, device, row, known);
    }
  }
}

/** The server has what people have read, and no more. */
function checkReader({ ledger }: World, id: string, known: True, user: string): void {
  const member = known.members.get(user);
  const reads = ledger.reads.filter((read) => read.user === user && read.conversation === id);
  const least = Math.max(
    0,
    ...reads.filter((read) => read.isStored && !read.isExcused).map(({ seq }) => seq),
  );
  const most = Math.max(0, ...reads.map(({ seq }) => seq));
  const read = member?.read ?? 0;
  if (read < least) ledger.violation('unread', `${user} has read ${least} of ${id}, not ${read}`);
  const isKept = ledger.keptRead.has(`${user} ${id}`);
  // Whoever has read the newest message has read what is changed after it.
  const isRead = known.log.slice(most, read).every(({ kind }) => !isMessageKind(kind));
  if (read > most && !isRead && !isKept) {
    ledger.violation('read', `${user} has read ${most} of ${id}, not ${read}`);
  }
}

function checkDevice({ ledger }: World, device: Device, row: ConversationRow, known: True): void {
  const { name, user } = device;
  const complain = (what: string): void => {
    ledger.violation('marks', `${name} ${what} in ${row.id}`);
  };
  const own = known.members.get(user);
  if (!own) return;
  if (row.readSeq !== own.read) complain(`has read ${row.readSeq}, not ${own.read},`);
  const unread = Math.min(countUnread(known, user, own.read), LIMITS.unreadCap);
  if (row.unread !== unread) complain(`counts ${row.unread} unread, not ${unread},`);
  if (own.delivered < known.log.length) complain(`has ${own.delivered} delivered`);
  for (const [other, { delivered, receipt }] of known.members) {
    if (other === user) continue;
    const mark = row.marks.find((each) => each.user === other) ?? { delivered: 0, read: 0 };
    if (mark.delivered !== delivered || mark.read !== receipt) {
      const believed = `${mark.delivered}/${mark.read}`;
      complain(`believes ${other} at ${believed}, not ${delivered}/${receipt},`);
    }
  }
}

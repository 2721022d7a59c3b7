/** Compares what each device has stored with the log: the same events, in one piece, to the end. */
import {
  PENDING,
  type ConversationRow,
  type MessageRow,
} from '../../../src/client/database/database.js';
import { isMessageKind } from '../../../src/protocol/changes.js';
import type { Device } from '../world/device.js';
import type { World } from '../world/world.js';
import type { True, Truth } from './truth.js';

export function checkDeviceLogs(world: World, truth: Truth): void {
  for (const device of world.devices.values()) checkDevice(world, device, truth);
}

function checkDevice({ ledger }: World, device: Device, truth: Truth): void {
  const rows = new Map(device.rows('conversations').map((row) => [row.id, row]));
  const messages = device.rows('messages');
  const complain = (kind: string, what: string): void => {
    ledger.violation(kind, `${device.name} ${what}`);
  };
  for (const [id, known] of truth) {
    if (!known.members.has(device.user)) continue;
    const row = rows.get(id);
    if (!row?.onServer) complain('unknown', `does not know ${id}`);
    else {
      const stored = messages.filter(({ conversation }) => conversation === id);
      checkPiece(row, stored, known, (what) => complain('diverged', `${id}: ${what}`));
    }
  }
  for (const { id, onServer } of rows.values()) {
    if (onServer && !truth.has(id)) complain('phantom', `knows ${id}, which there is not`);
  }
  for (const { conversation, clientId } of device.rows('outbox')) {
    complain('stuck', `has ${clientId} in its outbox for ${conversation}`);
  }
}

function checkPiece(
  { local, lastSeq, last, pending, activeAt }: ConversationRow,
  stored: readonly MessageRow[],
  { log, conversation }: True,
  complain: (what: string) => void,
): void {
  if (lastSeq !== log.length) complain(`knows of ${lastSeq} events of ${log.length}`);
  if (!local) {
    complain('has no piece of the log');
    return;
  }
  if (local.to !== log.length) complain(`has a log up to ${local.to} of ${log.length}`);
  const sent = stored.filter(({ order }) => order < PENDING);
  const length = local.to - local.from + 1;
  if (sent.length !== length) complain(`has ${sent.length} events in a piece of ${length}`);
  for (const [index, { order, sender, clientId, at, body }] of sent.entries()) {
    const event = log[order - 1];
    if (order !== local.from + index) complain(`has ${order} where ${local.from + index} belongs`);
    const isSame = event?.clientId === clientId && event.sender === sender && event.at === at;
    if (!isSame || JSON.stringify(event.body) !== JSON.stringify(body)) {
      complain(`has another event at ${order}`);
    }
  }
  if (local.from <= conversation.trimmed) {
    complain(`keeps from ${local.from} what the server has removed up to ${conversation.trimmed}`);
  }
  const end = log.findLast(({ kind }) => isMessageKind(kind));
  if (last?.clientId !== end?.clientId) complain('shows another newest event');
  if (end && !pending && activeAt !== end.at) complain(`was active at ${activeAt}, not ${end.at}`);
  const newest = stored.findLast(({ order }) => order >= PENDING);
  if (newest?.clientId !== pending?.clientId) complain('remembers another newest pending message');
}

/**
 * Reads what can be read of a frame in which something does not fit, as a newer server may send: one
 * conversation or profile that this version does not understand must not cost all the others.
 *
 * Optional fields and items of lists that do not fit are left out. An event keeps its place in the
 * log as one of an unknown kind, since a client that left it out would step over a hole.
 */
import { decodeServerFrame, isContiguous, misfit, parse, requestId } from './decode.js';
import { SYSTEM_USER } from './ids.js';
import { ImError } from './im-error.js';
import type { LogEvent } from './entities.js';
import type { ServerFrame } from './server-frames.js';
import { SERVER_SHAPES, type Field, type Shape } from './shapes.js';

/** The kind of an event that could not be read. */
export const UNREADABLE = 'unreadable';

export type Reading =
  | { readonly status: 'whole'; readonly frame: ServerFrame }
  /** `lost` names the fields that did not fit. */
  | { readonly status: 'partial'; readonly frame: ServerFrame; readonly lost: readonly string[] }
  /** `id` tells which request it was to answer, if any. */
  | { readonly status: 'unreadable'; readonly id: number | undefined; readonly error: ImError };

/**
 * Reads what a server sent.
 *
 * @throws ImError `protocol/bad-frame` for what is not even an object.
 */
export function readServerFrame(text: string): Reading {
  try {
    return { status: 'whole', frame: decodeServerFrame(text) };
  } catch (error) {
    if (!(error instanceof ImError)) throw error;
    const lost: string[] = [];
    const frame = salvage(parse(text), lost);
    if (frame) return { status: 'partial', frame, lost };
    return { status: 'unreadable', id: requestId(text), error };
  }
}

const GONE = Symbol('gone');

function salvage(value: Record<string, unknown>, lost: string[]): ServerFrame | undefined {
  const { type } = value;
  if (typeof type !== 'string' || !Object.hasOwn(SERVER_SHAPES, type)) return;
  const shape = SERVER_SHAPES[type as ServerFrame['type']];
  const kept = type === 'events' ? withPlaceholders(value, lost) : value;
  const repaired = repairObject(kept, shape, '', lost);
  if (repaired === GONE) return;
  const frame = repaired as ServerFrame;
  return frame.type === 'events' && !isContiguous(frame) ? undefined : frame;
}

function withPlaceholders(frame: Record<string, unknown>, lost: string[]): Record<string, unknown> {
  const { from, events } = frame;
  if (typeof from !== 'number' || !Array.isArray(events)) return frame;
  const field = SERVER_SHAPES.events.events;
  if (typeof field === 'string' || !('list' in field)) return frame;
  const kept = events.map((event: unknown, index) => {
    const path = misfit(event, field.list, `events[${index}]`);
    if (path === undefined) return event;
    lost.push(path);
    return placeholder(event, from + index);
  });
  return { ...frame, events: kept };
}

/** Stands for an event in its place: always the same for the same one. */
function placeholder(event: unknown, seq: number): LogEvent {
  const { at } = (typeof event === 'object' && event !== null ? event : {}) as { at?: unknown };
  return {
    seq,
    at: Number.isSafeInteger(at) ? Math.max(at as number, 0) : 0,
    sender: SYSTEM_USER,
    clientId: `${UNREADABLE}-${seq}`,
    kind: UNREADABLE,
    body: null,
  };
}

/** What fits of `value`, or `GONE` when that is too little. */
function repair(value: unknown, field: Field, path: string, lost: string[]): unknown {
  if (typeof field === 'string') return misfit(value, field, path) === undefined ? value : GONE;
  if ('shape' in field) return repairObject(value, field.shape, path, lost);
  if ('optional' in field) {
    const kept = value === undefined ? value : repair(value, field.optional, path, lost);
    if (kept !== GONE) return kept;
    lost.push(path);
    return undefined;
  }
  if (!Array.isArray(value) || value.length > field.most) return GONE;
  return value.flatMap((item: unknown, index) => {
    const kept = repair(item, field.list, `${path}[${index}]`, lost);
    if (kept !== GONE) return [kept];
    lost.push(`${path}[${index}]`);
    return [];
  });
}

function repairObject(value: unknown, shape: Shape, path: string, lost: string[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return GONE;
  const repaired = new Map<string, unknown>(Object.entries(value));
  for (const [name, field] of Object.entries(shape)) {
    const kept = repair(repaired.get(name), field, path ? `${path}.${name}` : name, lost);
    if (kept === GONE) return GONE;
    if (kept === undefined) repaired.delete(name);
    else repaired.set(name, kept);
  }
  return Object.fromEntries(repaired);
}

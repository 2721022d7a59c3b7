/**
 * The only way from `unknown` to a frame. What passes has every field of its type with the right
 * type and size; fields that this version does not know are left alone, never read.
 */
import type { ClientFrame } from './client-frames.js';
import { unfitPart } from './draft.js';
import { conversationKind, isKey, isUserId, SYSTEM_USER } from './ids.js';
import { ImError } from './im-error.js';
import { LIMITS } from './limits.js';
import type { EventsFrame, ServerFrame } from './server-frames.js';
import { CLIENT_SHAPES, SERVER_SHAPES, type Field, type Scalar, type Shape } from './shapes.js';

const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value.length <= most;

const SCALARS: { readonly [S in Scalar]: (value: unknown) => boolean } = {
  any: (value) => value !== undefined,
  conversation: (value) => typeof value === 'string' && conversationKind(value) !== undefined,
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  cursor: (value) => isText(value, LIMITS.wordLength),
  flag: (value) => typeof value === 'boolean',
  key: (value) => typeof value === 'string' && isKey(value),
  emoji: (value) => isText(value, LIMITS.emojiLength) && /^\S+$/u.test(value as string),
  line: (value) => isText(value, 1_000),
  name: (value) => isText(value, LIMITS.nameLength),
  seq: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  sender: (value) => typeof value === 'string' && (value === SYSTEM_USER || isUserId(value)),
  text: (value) => isText(value, LIMITS.textLength),
  token: (value) => isText(value, LIMITS.tokenLength),
  url: (value) => isText(value, LIMITS.urlLength),
  user: (value) => typeof value === 'string' && isUserId(value),
  word: (value) => isText(value, LIMITS.wordLength) && value !== '',
};

/** The path of the first field that does not fit, or undefined when all do. */
export function misfit(value: unknown, field: Field, path: string): string | undefined {
  if (typeof field === 'string') return SCALARS[field](value) ? undefined : path;
  if ('optional' in field)
    return value === undefined ? undefined : misfit(value, field.optional, path);
  if ('shape' in field) return misfitObject(value, field.shape, path);
  if (!Array.isArray(value) || value.length > field.most) return path;
  for (const [index, item] of value.entries()) {
    const wrong = misfit(item, field.list, `${path}[${index}]`);
    if (wrong !== undefined) return wrong;
  }
  return;
}

function misfitObject(value: unknown, shape: Shape, path: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return path;
  for (const name in shape) {
    const field = shape[name];
    if (field === undefined) continue;
    const wrong = misfit(
      (value as Record<string, unknown>)[name],
      field,
      path ? `${path}.${name}` : name,
    );
    if (wrong !== undefined) return wrong;
  }
  return;
}

/** @throws ImError `protocol/bad-frame` for what is not a JSON object. */
export function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ImError('protocol/bad-frame', 'The frame is not JSON.', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ImError('protocol/bad-frame', 'The frame is not an object.');
  }
  return value as Record<string, unknown>;
}

function decode(text: string, shapes: { readonly [type: string]: Shape }): Record<string, unknown> {
  const frame = parse(text);
  const { type } = frame;
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape)
    throw new ImError('protocol/bad-frame', 'The frame has no known type.', { field: 'type' });
  const field = misfitObject(frame, shape, '');
  if (field !== undefined) {
    throw new ImError(
      'protocol/bad-frame',
      `The field ${field.slice(0, 100)} is missing or wrong.`,
      {
        field: field.slice(0, LIMITS.wordLength),
      },
    );
  }
  return frame;
}

/**
 * Reads what a client sent.
 *
 * @throws ImError `protocol/too-large` over `LIMITS.frameBytes` (counted in UTF-16 units here; the
 *  transport counts bytes), `protocol/bad-frame` with the `field` that is wrong.
 */
export function decodeClientFrame(text: string): ClientFrame {
  if (text.length > LIMITS.frameBytes) {
    throw new ImError('protocol/too-large', `A frame may have ${LIMITS.frameBytes} bytes.`);
  }
  const frame = decode(text, CLIENT_SHAPES) as ClientFrame;
  if (frame.type === 'send') {
    const field = unfitPart(frame.kind, frame.body);
    if (field) throw new ImError('protocol/bad-frame', `No event has such a ${field}.`, { field });
  }
  if (frame.type === 'range' && (frame.after === undefined) === (frame.before === undefined)) {
    throw new ImError('protocol/bad-frame', 'A range has either after or before.', {
      field: 'after',
    });
  }
  return frame;
}

/** Whether the events are those from `from` to `to`, in order. */
export function isContiguous({ from, to, events }: EventsFrame): boolean {
  return events.length === to - from + 1 && events.every(({ seq }, index) => seq === from + index);
}

/**
 * Reads what a server sent.
 *
 * @throws ImError `protocol/bad-frame` with the `field` that is wrong.
 */
export function decodeServerFrame(text: string): ServerFrame {
  const frame = decode(text, SERVER_SHAPES) as ServerFrame;
  if (frame.type === 'events' && !isContiguous(frame)) {
    throw new ImError('protocol/bad-frame', 'The events are not contiguous.', { field: 'events' });
  }
  return frame;
}

/** The id of a frame that could not be decoded, so that its error can be matched to its request. */
export function requestId(text: string): number | undefined {
  try {
    const { id } = parse(text);
    return SCALARS.count(id) ? (id as number) : undefined;
  } catch {
    return;
  }
}

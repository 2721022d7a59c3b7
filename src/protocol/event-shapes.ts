/** What the bodies of this version's own events look like. Bodies of messages are opaque. */
import type { ChangeBodies, ChangeKind } from './changes.js';
import { isChangeKind } from './changes.js';
import { misfit } from './decode.js';
import {
  ATTENTION,
  isRegisterName,
  REGISTER_PLACES,
  type RegisterName,
  type SetBody,
} from './registers.js';
import type { Field, ShapeOf } from './shapes.js';

export const CHANGE_SHAPES: { readonly [K in ChangeKind]: ShapeOf<ChangeBodies[K]> } = {
  edit: { target: 'seq', version: 'seq', text: 'text' },
  recall: { target: 'seq' },
  delete: { target: 'seq' },
  react: { target: 'seq', emoji: 'emoji', on: 'flag' },
  pin: { target: 'seq', on: 'flag' },
};

const PLACE_SHAPES: { readonly [P in 'conversation' | 'target' | 'folder']: Field } = {
  conversation: 'conversation',
  target: 'seq',
  folder: 'key',
};

/** The values of registers; each may be `null` as well. */
export const REGISTER_SHAPES: { readonly [N in RegisterName]: Field } = {
  pinned: 'count',
  attention: 'word',
  hidden: 'count',
  unread: 'flag',
  draft: 'text',
  folder: { shape: { name: 'name', position: 'count' } },
  filed: 'flag',
  starred: 'flag',
  removed: 'flag',
};

/** The path of the first field of a change that does not fit, or undefined when all do. */
export function unfitChange(kind: ChangeKind, body: unknown): string | undefined {
  return misfit(body, { shape: CHANGE_SHAPES[kind] }, 'body');
}

/** Whether an event is a change that can be folded; one whose words were taken away is not. */
export function isFitChange(kind: string, body: unknown): kind is ChangeKind {
  return isChangeKind(kind) && unfitChange(kind, body) === undefined;
}

/** The path of the first field of a `set` that does not fit, or undefined when all do. */
export function unfitSet(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return 'body';
  const { name, value } = body as Partial<SetBody>;
  if (!isRegisterName(name)) return 'body.name';
  for (const place of REGISTER_PLACES[name]) {
    const wrong = misfit((body as Partial<SetBody>)[place], PLACE_SHAPES[place], `body.${place}`);
    if (wrong !== undefined) return wrong;
  }
  if (value === null) return;
  const isAttention = (ATTENTION as readonly unknown[]).includes(value);
  if (name === 'attention' && !isAttention) return 'body.value';
  return misfit(value, REGISTER_SHAPES[name], 'body.value');
}

import type { Message, Policy } from '../../client/public.js';

/**
 * Whether this user may put other words in place of a message's.
 *
 * @param policy - Undefined while it is not known: then the server decides.
 */
export function canEdit(
  { content, own, seq, at, state }: Message,
  policy: Policy | undefined,
  now: number,
): boolean {
  if (!own || content.type !== 'text' || state.status === 'failed') return false;
  return seq === undefined || now - at < (policy?.editMs ?? Infinity);
}

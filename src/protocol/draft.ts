/** What an event may be made of, whichever way it comes in. */
import { LIMITS } from './limits.js';

const KIND = /^[A-Za-z0-9._:-]{1,64}$/;

/** Whether `kind` may name a kind of event: 1 to 64 of letters, digits and `. _ : -`. */
export function isKind(kind: string): boolean {
  return kind === 'text' || KIND.test(kind);
}

/**
 * Whether `text` comes back from any store and any encoding as it went in: it has no NUL and no half
 * of a surrogate pair.
 */
export function isWholeText(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** How deep `value` is nested; stops counting above `most`. */
function depth(value: unknown, most: number): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (most === 0) return 1;
  let deepest = 0;
  for (const item of Object.values(value)) deepest = Math.max(deepest, depth(item, most - 1));
  return deepest + 1;
}

/** The part of a new event that its readers could not take in, or undefined when they can all. */
export function unfitPart(kind: string, body: unknown): 'kind' | 'body' | undefined {
  if (!isKind(kind)) return 'kind';
  if (body === undefined || depth(body, LIMITS.bodyDepth) > LIMITS.bodyDepth) return 'body';
  return;
}

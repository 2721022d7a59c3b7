/**
 * Takes the place of the globals that would bring real time or real chance into a run. Imported before
 * everything else: the database library looks at some of them when it is loaded.
 */
// Not for its type alone: the clock takes the runtime's own turns before they are replaced here.
import { Clock } from './clock.js';

let clock: Clock | undefined;

/** From now on the globals follow this clock. */
export function follow(followed: Clock): void {
  clock = followed;
}

function now(): Clock {
  if (!(clock instanceof Clock)) throw new Error('No run has begun.');
  return clock;
}

function refuse(): never {
  throw new Error('A run may not depend on real chance.');
}

/** A copy of what databases here hold: JSON, and fields that are undefined. */
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field)]));
}

Object.assign(globalThis, {
  // Between threads of one process it would carry what one run writes into another.
  BroadcastChannel: undefined,
  setImmediate: (task: () => void) => now().step(task),
  setTimeout: (task: () => void, delayMs = 0) => now().schedule(now().owner, delayMs, task),
  clearTimeout: (cancel: (() => void) | undefined) => cancel?.(),
  structuredClone: copy,
});
Date.now = () => Math.floor(clock?.now ?? 0);
Math.random = refuse;
// The database library tells of every repair that it tries.
globalThis.console.debug = globalThis.console.warn = () => undefined;

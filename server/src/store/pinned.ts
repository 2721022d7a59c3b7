import type { Changes } from '../../../src/protocol/changes.js';
import type { Pinned } from '../../../src/protocol/entities.js';

/** The messages that are pinned, in the order in which they were. */
export function toPinned(states: readonly (readonly [number, Changes])[]): readonly Pinned[] {
  return states
    .flatMap(([target, { pin }]) => (pin?.on ? { target, pin } : []))
    .sort((one, other) => one.pin.seq - other.pin.seq)
    .map(({ target, pin: { at, by } }) => ({ target, at, by }));
}

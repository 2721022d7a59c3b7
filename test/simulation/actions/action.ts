import { ImError } from '../../../src/protocol/im-error.js';
import type { Shape } from '../run/plan.js';
import type { Random } from '../world/random.js';
import type { World } from '../world/world.js';

/** What a new step is made from. */
export type Draw = {
  readonly random: Random;
  readonly shape: Shape;
  /** A number that no other step of the plan has. */
  readonly id: number;
  /** How long something that goes wrong lasts, in milliseconds. */
  readonly spellMs: () => number;
};

/** One thing that can happen. `S` is all that a step needs to be repeated exactly. */
export type Action<S extends object> = {
  /** How often it is chosen, against the others. */
  readonly weight: number;
  readonly draw: (draw: Draw) => S;
  readonly run: (world: World, step: S) => void;
};

export function anyDevice({ random, shape }: Draw): string {
  return random.pick(shape.devices).name;
}

/** A device, and a conversation that its user may know. */
export function anyPlace(draw: Draw): { readonly device: string; readonly conversation: string } {
  const { random, shape } = draw;
  const { name, user } = random.pick(shape.devices);
  const places = shape.conversations.filter(({ members }) => members.includes(user));
  return { device: name, conversation: random.pick(places).id };
}

export type Tab = {
  readonly device: string;
  /** Which of its pages, in the order in which they were opened. */
  readonly tab: number;
};

export function anyTab({ random, shape }: Draw): Tab {
  const several = shape.devices.filter(({ hasTabs }) => hasTabs);
  const from: Shape['devices'] = several.length > 0 ? several : shape.devices;
  return { device: random.pick(from).name, tab: random.integer(0, 2) };
}

/** By how much somebody sets a clock: seconds as likely as years, in either direction. */
export function clockJump(random: Random): number {
  const most = 365 * 86_400_000;
  return Math.round((random.chance(0.5) ? -1 : 1) * 100 * (most / 100) ** random.next());
}

/** What a person may be told of as an error; anything else is a fault of the product. */
export function ignoreFailure(error: unknown): void {
  if (!(error instanceof ImError)) throw error;
}

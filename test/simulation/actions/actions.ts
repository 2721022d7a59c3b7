/**
 * Everything that can happen in a run: each action that one of these files exports, under its name.
 * What is added there is drawn, run and shrunk without another word.
 */
import * as tabs from './tabs.js';
import type { World } from '../world/world.js';
import type { Action, Draw } from './action.js';
import * as changes from './changes.js';
import * as deviceFaults from './device-faults.js';
import * as keeping from './keeping.js';
import * as messages from './messages.js';
import * as networkFaults from './network-faults.js';
import * as reading from './reading.js';
import * as serverFaults from './server-faults.js';

/** What people do. */
const DEEDS: typeof changes & typeof keeping & typeof messages & typeof reading = {
  ...changes,
  ...keeping,
  ...messages,
  ...reading,
};

/** What goes wrong. */
const FAULTS: typeof deviceFaults & typeof networkFaults & typeof serverFaults & typeof tabs = {
  ...tabs,
  ...deviceFaults,
  ...networkFaults,
  ...serverFaults,
};

export type Deed = keyof typeof DEEDS;
export type Fault = keyof typeof FAULTS;
type Actions = typeof DEEDS & typeof FAULTS;

/** One thing that happens at one moment, with all that it needs. */
export type Step = {
  [K in keyof Actions]: { readonly at: number; readonly do: K } & Parameters<Actions[K]['run']>[1];
}[keyof Actions];

export const DEED_NAMES: readonly Deed[] = Object.keys(DEEDS).sort() as Deed[];
export const FAULT_NAMES: readonly Fault[] = Object.keys(FAULTS).sort() as Fault[];

/** The table's key and the step's kind are the same; the compiler cannot follow the pair. */
const ACTIONS = { ...DEEDS, ...FAULTS } as unknown as Readonly<
  Record<Deed | Fault, Action<object>>
>;

export function weightOf(name: keyof Actions): number {
  return ACTIONS[name].weight;
}

export function drawStep(name: keyof Actions, at: number, draw: Draw): Step {
  return { at, do: name, ...ACTIONS[name].draw(draw) } as Step;
}

export function runStep(world: World, step: Step): void {
  const { at, do: name, ...rest } = step;
  world.trace.add(at, 'step', `${name} ${JSON.stringify(rest)}`);
  // What comes of it is the device's own doing.
  if ('device' in step) world.clock.owner = world.device(step.device).owner;
  ACTIONS[name].run(world, step);
}

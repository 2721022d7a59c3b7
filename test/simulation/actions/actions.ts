/** Everything that can happen in a run, by name. What is added here is drawn, run and shrunk. */
import type { World } from '../world/world.js';
import type { Action, Draw } from './action.js';
import * as device from './device-faults.js';
import * as messages from './messages.js';
import * as network from './network-faults.js';
import * as reading from './reading.js';
import * as server from './server-faults.js';

/** What people do. */
const DEEDS = {
  send: messages.sendAction,
  retry: messages.retryAction,
  discard: messages.discardAction,
  post: messages.postAction,
  'open-peer': messages.openPeerAction,
  draft: messages.draftAction,
  'mark-read': reading.markReadAction,
  'keep-read': reading.keepReadAction,
  window: reading.windowAction,
  scroll: reading.scrollAction,
  typing: reading.typingAction,
  group: reading.groupAction,
  rename: reading.renameAction,
  wake: reading.wakeAction,
};

/** What goes wrong. */
const FAULTS = {
  cut: network.cutAction,
  stall: network.stallAction,
  offline: network.offlineAction,
  'lose-hints': network.loseHintsAction,
  'crash-server': server.crashServerAction,
  'drain-server': server.drainServerAction,
  'refuse-commits': server.refuseCommitsAction,
  'slow-disk': server.slowDiskAction,
  'server-clock': server.serverClockAction,
  'crash-client': device.crashClientAction,
  evict: device.evictAction,
  'abort-writes': device.abortWritesAction,
  'close-database': device.closeDatabaseAction,
  'slow-storage': device.slowStorageAction,
  'device-clock': device.deviceClockAction,
};

const ACTIONS = { ...DEEDS, ...FAULTS };

type Actions = typeof ACTIONS;
export type Deed = keyof typeof DEEDS;
export type Fault = keyof typeof FAULTS;

/** One thing that happens at one moment, with all that it needs. */
export type Step = {
  [K in keyof Actions]: { readonly at: number; readonly do: K } & Parameters<Actions[K]['run']>[1];
}[keyof Actions];

export const DEED_NAMES: readonly Deed[] = Object.keys(DEEDS) as Deed[];
export const FAULT_NAMES: readonly Fault[] = Object.keys(FAULTS) as Fault[];

/** The table's key and the step's kind are the same; the compiler cannot follow the pair. */
function actionOf(name: keyof Actions): Action<object> {
  return ACTIONS[name] as unknown as Action<object>;
}

export function weightOf(name: keyof Actions): number {
  return actionOf(name).weight;
}

export function drawStep(name: keyof Actions, at: number, draw: Draw): Step {
  return { at, do: name, ...actionOf(name).draw(draw) } as Step;
}

export function runStep(world: World, step: Step): void {
  const { at, do: name, ...rest } = step;
  world.trace.add(at, 'step', `${name} ${JSON.stringify(rest)}`);
  actionOf(name).run(world, step);
}

/** One run, from its first moment until everybody agrees. */
import { Dexie } from 'dexie';
import { runStep } from '../actions/actions.js';
import { checkDeviceLogs } from '../checks/device-log.js';
import { checkFolds } from '../checks/folds.js';
import { checkMarks } from '../checks/marks.js';
import { checkScreens } from '../checks/screen.js';
import { checkServerLog } from '../checks/server-log.js';
import { readTruth } from '../checks/truth.js';
import { World } from '../world/world.js';
import type { Plan } from './plan.js';

export type Result = {
  readonly seed: number;
  /** What was promised and not kept; empty when all is well. */
  readonly violations: readonly string[];
  /** The same for two equal runs. */
  readonly hash: string;
  readonly events: number;
  readonly messages: number;
  readonly trace: readonly string[];
  /** It broke off: what it has left in its process may be heard of by the next run there. */
  readonly isCutShort: boolean;
};

/** Longer than the time between two heartbeats, by which the two ends find that they differ. */
const QUIET_MS = 40_000;
/** How long it may take until everybody agrees, once nothing goes wrong any more. */
const MOST_MS = 600_000;

let running: World | undefined;

/** What nobody has caught is a fault of the run that it happened in. */
export function uncaught(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  if (!running) throw error;
  running.ledger.violation('uncaught', text.split('\n').slice(0, 6).join(' | '));
}

export async function runPlan(plan: Plan, isTraced: boolean = false): Promise<Result> {
  const world = new World(plan, isTraced);
  running = world;
  let isCutShort = false;
  const { clock, ledger, trace } = world;
  try {
    await world.begin();
    for (const step of plan.steps) {
      clock.schedule(world.fate, step.at, () => runStep(world, step));
    }
    await clock.run((plan.steps.at(-1)?.at ?? 0) + 1_000);
    world.heal();
    await check(world);
    await end(world);
  } catch (error) {
    uncaught(error);
    isCutShort = true;
    forgetListeners();
  }
  running = undefined;
  const { violations } = ledger;
  for (const violation of violations) trace.add(clock.now, 'checker', violation);
  return {
    ...{ seed: plan.seed, violations, hash: trace.hash, events: clock.events },
    ...{ messages: ledger.sent.length, trace: trace.lines, isCutShort },
  };
}

async function check(world: World): Promise<void> {
  if (!(await becomeQuiet(world))) return;
  const early = await readTruth(world);
  checkServerLog(world, early);
  checkDeviceLogs(world, early);
  // Marks may be lost, and heal with the next connection; so does what was only in memory.
  for (const device of world.devices.values()) {
    if (device.isInMemory) {
      device.crash(true);
      device.start();
    } else for (const link of world.network.links(device.name)) link.cut('arrives', 'arrives');
  }
  if (!(await becomeQuiet(world))) return;
  const truth = await readTruth(world);
  checkServerLog(world, truth);
  checkDeviceLogs(world, truth);
  checkMarks(world, truth);
  await checkScreens(world, truth);
  await checkFolds(world, truth);
}

/** Lets time pass until nobody has anything to say; whether that comes is a promise, too. */
async function becomeQuiet(world: World): Promise<boolean> {
  const { clock, network, ledger } = world;
  const end = clock.now + MOST_MS;
  while (clock.now < end) {
    await clock.run(Math.max(clock.now + 1_000, network.busyAt + QUIET_MS));
    const pages = [...world.devices.values()].flatMap(({ pages: open, page }) => [page, ...open]);
    const isConnected = pages.every((page) => page?.connection === 'connected');
    if (isConnected && network.busyAt + QUIET_MS <= clock.now) return true;
  }
  for (const { name, page } of world.devices.values()) {
    ledger.violation('restless', `${name} is ${page?.connection ?? 'gone'}`);
  }
  return false;
}

/** Everybody leaves; whoever still listens then has forgotten to. */
async function end(world: World): Promise<void> {
  const { clock, ledger } = world;
  world.server.crash();
  for (const device of world.devices.values()) {
    for (const page of device.pages) device.crashTab(page);
  }
  await clock.run(clock.now + 60_000);
  const left = forgetListeners();
  if (left > 0) ledger.violation('leak', `${left} clients listen that are no more`);
}

/** Takes away whoever listens to databases, and gives how many they were. */
function forgetListeners(): number {
  const { subscribers } = Dexie.on.storagemutated as unknown as { readonly subscribers: unknown[] };
  return subscribers.splice(0).length;
}

/** What a seed says: who takes part, and what happens when. */
import { c2cId } from '../../../src/protocol/ids.js';
import type { Draw } from '../actions/action.js';
import {
  DEED_NAMES,
  drawStep,
  FAULT_NAMES,
  weightOf,
  type Fault,
  type Step,
} from '../actions/actions.js';
import { Random } from '../world/random.js';

export type DeviceShape = {
  readonly name: string;
  readonly user: string;
  /** How long a step of its storage usually takes. */
  readonly stepMs: number;
  /** How wrong its clock is. */
  readonly skewMs: number;
  /** Other pages may be opened beside the first; they share the storage, a lock and a channel. */
  readonly hasTabs: boolean;
  /** When its page is opened for the first time. */
  readonly startsAt: number;
};

export type GroupShape = {
  readonly id: string;
  readonly members: readonly string[];
  /** It is made in the course of the run, if at all. */
  readonly isLate: boolean;
};

export type Shape = {
  readonly users: readonly string[];
  readonly devices: readonly DeviceShape[];
  readonly groups: readonly GroupShape[];
  /** Every conversation that there may be. */
  readonly conversations: readonly { readonly id: string; readonly members: readonly string[] }[];
  /** How many events the first group has before anybody comes, so that pages of it are fetched. */
  readonly history: number;
  readonly latencyMs: number;
  readonly commitMs: number;
  readonly readMs: number;
  /** How long the server keeps events; absent when it is for ever. */
  readonly keepMs?: number;
};

/** A run that can be repeated exactly. */
export type Plan = {
  readonly seed: number;
  readonly shape: Shape;
  readonly steps: readonly Step[];
};

const USERS = ['alice', 'bob', 'carol'];
/** Whoever is written to and does not exist. */
const GHOST = 'ghost';
const LENGTH_MS = 40_000;
/** What can befall devices with several pages only. */
const TAB_FAULTS: ReadonlySet<string> = new Set(['closeTab', 'freezeTab']);

export function isMember({ conversations }: Shape, id: string, user: string): boolean {
  return conversations.some((each) => each.id === id && each.members.includes(user));
}

export function makePlan(seed: number): Plan {
  const random = new Random(seed, 'plan');
  const shape = { ...makeShape(random), ...makeRetention(seed) };
  return { seed, shape, steps: makeSteps(random, shape) };
}

/** Some servers keep events for about as long as a run takes: a send repeated after that is a new one. */
function makeRetention(seed: number): Pick<Shape, 'keepMs'> {
  const random = new Random(seed, 'retention');
  return random.chance(0.2) ? { keepMs: random.pick([60_000, 10_000, 30_000, 90_000]) } : {};
}

function makeShape(random: Random): Shape {
  const users = USERS.slice(0, random.integer(2, 3));
  const devices = users.flatMap((user, index) =>
    Array.from({ length: index < 2 && random.chance(0.5) ? 2 : 1 }, (_, number) => ({
      name: `${user}-${number + 1}`,
      user,
      stepMs: random.pick([0.05, 0.5, 3]),
      skewMs: random.chance(0.3) ? random.integer(-86_400_000, 86_400_000) : 0,
      hasTabs: random.chance(0.35),
      startsAt: random.chance(0.7) ? 0 : random.integer(0, LENGTH_MS),
    })),
  );
  const groups = [
    { id: 'group:tea', members: users, isLate: false },
    { id: 'group:late', members: users.slice(-2), isLate: true },
  ];
  const pairs = users.flatMap((one, index) =>
    users.slice(index + 1).map((other) => ({ id: c2cId(one, other), members: [one, other] })),
  );
  const ghost = { id: c2cId('alice', GHOST), members: ['alice'] };
  const conversations = [...pairs, ...groups, ...(random.chance(0.2) ? [ghost] : [])];
  return {
    users,
    devices,
    groups,
    conversations,
    history: random.chance(0.35) ? random.integer(60, 90) : 0,
    latencyMs: random.pick([1, 20, 150]),
    commitMs: random.pick([0.5, 5, 60]),
    readMs: random.pick([0, 1, 20]),
  };
}

/** Things happen in clusters: what goes wrong at the same time as something else is worth the most. */
function makeSteps(random: Random, shape: Shape): readonly Step[] {
  const moments = Array.from({ length: random.integer(2, 6) }, () => random.between(0, LENGTH_MS));
  const at = (): number => {
    if (random.chance(0.3)) return Math.round(random.between(0, LENGTH_MS));
    return Math.round(random.pick(moments) + random.mostlySmall(3_000));
  };
  // Each run has faults of a few kinds only: many kinds at once hide each other.
  const hasTabs = shape.devices.some((device) => device.hasTabs);
  const faults = FAULT_NAMES.filter((name) => {
    return random.chance(hasTabs && TAB_FAULTS.has(name) ? 0.7 : 0.35);
  });
  const steps: Step[] = [];
  const draw = (): Draw => ({
    random,
    shape,
    id: steps.length,
    spellMs: () => 300 + random.mostlySmall(30_000),
  });
  const deeds = random.integer(15, 40);
  for (let count = 0; count < deeds; count++) {
    steps.push(drawStep(weighed(random, DEED_NAMES), at(), draw()));
  }
  const wrong = faults.length > 0 ? random.integer(0, 14) : 0;
  for (let count = 0; count < wrong; count++) {
    steps.push(drawStep(weighed<Fault>(random, faults), at(), draw()));
  }
  return steps.sort((one, other) => one.at - other.at);
}

function weighed<T extends Step['do']>(random: Random, names: readonly T[]): T {
  const sum = names.reduce((total, name) => total + weightOf(name), 0);
  let left = random.between(0, sum);
  for (const name of names) {
    left -= weightOf(name);
    if (left < 0) return name;
  }
  return random.pick(names);
}

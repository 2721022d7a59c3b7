/** Makes a failing plan short: takes away whatever the failure does not need. */
import type { Step } from '../actions/actions.js';
import type { Answer } from './jobs.js';
import type { Plan } from './plan.js';
import { runPlan } from './run-plan.js';

/** More tries make a script little shorter, and cost a minute. */
const MOST_RUNS = 300;

function kindOf(violation: string | undefined): string | undefined {
  return violation?.split(':')[0];
}

/** Gives the shortest plan found that still breaks the same kind of promise. */
export async function shrink(plan: Plan): Promise<Answer> {
  let best: Answer = { plan, result: await runPlan(plan) };
  const kind = kindOf(best.result.violations[0]);
  let runs = 0;
  const accept = async (tried: Plan): Promise<boolean> => {
    if (kind === undefined || runs++ >= MOST_RUNS) return false;
    const result = await runPlan(tried);
    if (!result.violations.some((violation) => kindOf(violation) === kind)) return false;
    best = { plan: tried, result };
    return true;
  };
  await shortenSteps(() => best.plan, accept);
  await simplify(() => best.plan, accept);
  await shortenSteps(() => best.plan, accept);
  return best;
}

type Accept = (plan: Plan) => Promise<boolean>;

/** Takes steps away: first halves, then ever smaller pieces, down to single ones. */
async function shortenSteps(best: () => Plan, accept: Accept): Promise<void> {
  for (let size = best().steps.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < best().steps.length;) {
      const { steps } = best();
      const rest = [...steps.slice(0, start), ...steps.slice(start + size)];
      if (!(await accept({ ...best(), steps: rest }))) start += size;
    }
  }
}

/** Devices that do nothing, wrong clocks, and bursts make a script hard to read. */
async function simplify(best: () => Plan, accept: Accept): Promise<void> {
  for (const { name } of best().shape.devices) {
    const plan = best();
    const devices = plan.shape.devices.filter((device) => device.name !== name);
    const steps = plan.steps.filter((step) => !('device' in step) || step.device !== name);
    if (devices.length > 0) await accept({ ...plan, steps, shape: { ...plan.shape, devices } });
  }
  const { shape } = best();
  const devices = shape.devices.map((device) => ({ ...device, skewMs: 0, startsAt: 0 }));
  await accept({ ...best(), shape: { ...shape, devices } });
  for (const index of best().steps.keys()) {
    const { steps } = best();
    const step = steps[index];
    if (step?.do === 'send' && step.count > 1) {
      await accept({ ...best(), steps: replaced(steps, index, { ...step, count: 1 }) });
    }
  }
}

function replaced(steps: readonly Step[], index: number, step: Step): readonly Step[] {
  return steps.map((each, place) => (place === index ? step : each));
}

/** Runs what its parent asks for, one after the other, in a process whose time is virtual. */
import '../world/globals.js';
import type { Answer, Job } from './jobs.js';
import { makePlan } from './plan.js';
import { runPlan, uncaught } from './run-plan.js';
import { shrink } from './shrink.js';

process.on('uncaughtException', uncaught);
process.on('unhandledRejection', uncaught);

async function answer(job: Job): Promise<Answer> {
  if (job.type === 'shrink') return shrink(job.plan);
  const plan = job.type === 'seed' ? makePlan(job.seed) : job.plan;
  return { plan, result: await runPlan(plan, job.isTraced) };
}

process.on('message', (job: Job) => {
  void answer(job).then((result) => process.send?.(result));
});

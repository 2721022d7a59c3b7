/** `npm run simulate`: runs seeds, and shows of each that fails the shortest script that does. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MUTANTS } from './mutants.js';
import type { Answer } from './run/jobs.js';
import { HELP, readOptions, type Options } from './run/options.js';
import type { Plan } from './run/plan.js';
import { Pool } from './run/pool.js';

const SCRIPTS = new URL('../../.cache/simulation/', import.meta.url);
/** Shrinking takes as long as a hundred runs; the first failures tell the most. */
const SHRUNK = 3;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);

async function main(options: Options): Promise<boolean> {
  const { mutant: name } = options;
  const mutant = MUTANTS.find((each) => each.name === name);
  if (name !== undefined && !mutant) {
    throw new Error(
      `There is no mutant ${name}. There are: ${MUTANTS.map((m) => m.name).join(', ')}`,
    );
  }
  const pool = await Pool.open(mutant?.edits, options.workers);
  try {
    return options.script === undefined
      ? await runSeeds(pool, options)
      : await runScript(pool, options.script, options.isTraced);
  } finally {
    pool.close();
  }
}

async function runSeeds(pool: Pool, { from, seeds, isTraced }: Options): Promise<boolean> {
  let passed = 0;
  const failed: Answer[] = [];
  let messages = 0;
  const counts = new Map<string, number>();
  const started = performance.now();
  await pool.runSeeds(from, seeds, async (answer) => {
    const { result, plan } = answer;
    messages += result.messages;
    for (const step of plan.steps) counts.set(step.do, (counts.get(step.do) ?? 0) + 1);
    if (result.violations.length === 0) passed++;
    else failed.push(answer);
    if (result.violations.length > 0) tell(answer);
    if (isTraced) say((await pool.run({ type: 'plan', plan, isTraced })).result.trace.join('\n'));
    return true;
  });
  const seconds = (performance.now() - started) / 1_000;
  const rate = (seeds / seconds).toFixed(1);
  say(
    `${seeds} seeds from ${from}, ${messages} messages, ${seconds.toFixed(1)} s, ${rate} a second`,
  );
  say(
    [...counts]
      .sort()
      .map(([name, count]) => `${name} ${count}`)
      .join(', '),
  );
  for (const { plan } of failed.slice(0, SHRUNK)) await showShortest(pool, plan);
  say(`${passed} passed, ${failed.length} failed`);
  return failed.length === 0;
}

async function runScript(pool: Pool, file: string, isTraced: boolean): Promise<boolean> {
  const plan = JSON.parse(readFileSync(file, 'utf8')) as Plan;
  const answer = await pool.run({ type: 'plan', plan, isTraced });
  const isFine = answer.result.violations.length === 0;
  if (isTraced) say(answer.result.trace.join('\n'));
  if (!isFine) tell(answer);
  say(isFine ? '1 passed, 0 failed' : '0 passed, 1 failed');
  return isFine;
}

function tell({ result: { seed, violations } }: Answer): void {
  say(`seed ${seed} has failed:`);
  for (const violation of violations.slice(0, 10)) say(`  ${violation}`);
  if (violations.length > 10) say(`  and ${violations.length - 10} more`);
}

async function showShortest(pool: Pool, failing: Plan): Promise<void> {
  const { plan, result } = await pool.run({ type: 'shrink', plan: failing });
  mkdirSync(SCRIPTS, { recursive: true });
  const file = fileURLToPath(new URL(`seed-${plan.seed}.json`, SCRIPTS));
  const script = JSON.stringify(plan);
  writeFileSync(file, script);
  say(`seed ${plan.seed}, in ${plan.steps.length} steps: ${result.violations[0] ?? ''}`);
  say(script);
  say(`  npm run simulate -- --script ${file} --trace`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(HELP);
  else if (!(await main(options))) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
  process.exitCode = 2;
}

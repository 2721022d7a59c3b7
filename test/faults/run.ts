/**
 * `npm run faults [-- names…] [--long] [--mutants]`: the tests of real faults, in their short or their
 * long form; with `--mutants` each of them against products with a fault, which it has to find.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { patchedBy } from '../helpers/preload.js';
import { MUTANTS } from './mutants.js';

const FOLDER = fileURLToPath(new URL('.', import.meta.url));

function runFile(name: string, env: NodeJS.ProcessEnv, isQuiet: boolean): boolean {
  // A product with a fault may hang for ever, which is a way of being found.
  const ends = isQuiet ? ['--test-timeout=180000', '--test-force-exit'] : [];
  const reporter = '--test-reporter=spec';
  const args = ['--import=tsx', '--test', ...ends, reporter, `${FOLDER}${name}.test.ts`];
  const { status } = spawnSync(process.execPath, args, {
    stdio: isQuiet ? 'ignore' : 'inherit',
    env: { ...process.env, ...env },
  });
  return status === 0;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** @returns how many mutants live. */
function hunt(names: readonly string[]): number {
  const hunted = MUTANTS.filter(({ foundBy }) => names.includes(foundBy));
  const living = hunted.filter((mutant) => {
    const isAlive = runFile(
      mutant.foundBy,
      { ...patchedBy(mutant), SERVER_FROM_SOURCES: '1' },
      true,
    );
    print(`${isAlive ? 'NOT FOUND' : 'found    '}  ${mutant.foundBy}: ${mutant.name}`);
    return isAlive;
  });
  print(`${hunted.length - living.length} of ${hunted.length} faults found`);
  return living.length;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    long: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
  },
});
const all = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => file.replace('.test.ts', ''))
  .sort();
const unknown = positionals.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  print(`No such test: ${unknown.join(', ')}. There are: ${all.join(', ')}`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : all;
const failures = values.mutants
  ? hunt(names)
  : names.filter((name) => !runFile(name, values.long ? { FAULTS: 'long' } : {}, false)).length;
process.exitCode = failures > 0 ? 1 : 0;

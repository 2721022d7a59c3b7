/**
 * `npm run bench [-- names…] [--quick] [--json file]`: figures as ratios to a floor taken in the same
 * run, so that they mean the same on any machine. Ends with 1 when one does not hold what is asked.
 */
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { findChromium } from '../scripts/find-browser.mjs';
import type { Bench } from './bench.js';
import { BENCHES } from './benches/all.js';
import { holds, type Line } from './line.js';
import { surroundings, surroundingsText, table } from './report.js';

type Failure = { readonly bench: string; readonly reason: string };

function usage(): string {
  const names = BENCHES.map(({ name, summary }) => `  ${name.padEnd(14)} ${summary}`);
  return `npm run bench [-- names…] [--quick] [--json file]\n\n${names.join('\n')}`;
}

function choose(names: readonly string[]): readonly Bench[] {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}.\n${usage()}`);
  return names.length === 0 ? BENCHES : BENCHES.filter(({ name }) => names.includes(name));
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage());
    return;
  }
  const lines: Line[] = [];
  const failures: Failure[] = [];
  for (const bench of choose(positionals)) {
    console.error(`${bench.name}: ${bench.summary}`);
    try {
      lines.push(...(await bench.run({ quick: values.quick })));
    } catch (error) {
      console.error(error);
      failures.push({ bench: bench.name, reason: String(error) });
    }
  }
  const found = surroundings(findChromium());
  console.log(`\n${table(lines)}\n\n${surroundingsText(found)}`);
  for (const { bench, reason } of failures)
    console.log(`${bench} could not be measured: ${reason}`);
  if (values.json !== undefined) {
    const results = lines.map((line) => ({ ...line, holds: holds(line) }));
    await writeFile(values.json, JSON.stringify({ ...found, lines: results, failures }, null, 2));
  }
  if (failures.length > 0 || lines.some((line) => holds(line) === false)) process.exitCode = 1;
}

await main();

import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { holds, type Goal, type Line, type Spread } from './line.js';

/** Three figures that matter: 1,234 · 12.3 · 0.123. */
export function figure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(3);
}

function spreadText({ median, min, max }: Spread): string {
  return `${figure(median)} (${figure(min)}–${figure(max)})`;
}

function goalText(goal: Goal | undefined): string {
  if (!goal) return '–';
  return 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
}

function verdict(line: Line): string {
  const held = holds(line);
  if (held === undefined) return 'info';
  return held ? 'pass' : 'FAIL';
}

const COLUMNS = ['bench', 'asked', 'heading', 'measured', '', 'subject', 'floor', 'unit'] as const;

function cells(line: Line): readonly string[] {
  return [
    line.name,
    goalText(line.asked),
    goalText(line.heading),
    spreadText(line.measured),
    verdict(line),
    line.floor ? spreadText(line.subject) : '',
    line.floor ? spreadText(line.floor) : '',
    line.unit,
  ];
}

/** All lines as a table for people, notes below. */
export function table(lines: readonly Line[]): string {
  const rows = [COLUMNS, ...lines.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const text = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  const notes = lines.flatMap(({ name, note }) => (note ? [`${name}: ${note}`] : []));
  return [...text, '', ...notes].join('\n');
}

/** Where the figures come from; without it they mean nothing. */
export type Surroundings = {
  readonly at: string;
  readonly node: string;
  readonly chromium: string | undefined;
  readonly processor: string;
  readonly cores: number;
  readonly loadAverage: number;
};

export function surroundings(chromiumPath: string | undefined): Surroundings {
  return {
    at: new Date().toISOString(),
    node: process.version,
    chromium: chromiumPath && chromiumVersion(chromiumPath),
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    loadAverage: loadavg()[0] ?? 0,
  };
}

function chromiumVersion(path: string): string {
  const said = execFileSync(path, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return said.trim();
}

export function surroundingsText(found: Surroundings): string {
  const { at, node, chromium, cores, processor, loadAverage } = found;
  const browser = chromium ? `${chromium}, ` : '';
  return `${at}, ${browser}Node ${node}, ${cores} × ${processor}, load average ${loadAverage.toFixed(1)}`;
}

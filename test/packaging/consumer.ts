/** A project of somebody who has installed the package: what `npm pack` makes, unpacked. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url));

type Target = string | { readonly types: string; readonly default?: string };

export type Consumer = {
  readonly folder: string;
  /** Where the package lies in it. */
  readonly kit: string;
  /** What can be imported: `im-kit`, `im-kit/client`, `im-kit/elements/app` … */
  readonly entries: readonly string[];
  readonly remove: () => void;
};

/** Packs the package of a folder, as it would be published; gives the archive's path. */
function pack(from: string, into: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const npm = process.env['npm_execpath'];
  const [program, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  const output = execFileSync(program, [...first, ...args], { cwd: from, encoding: 'utf8' });
  const packed = JSON.parse(output) as
    Record<string, { filename: string }> | { filename: string }[];
  return join(into, Object.values(packed)[0]!.filename);
}

/** The names that a pattern such as `./elements/*` stands for, by the files that are there. */
function expand(kit: string, name: string, target: string): string[] {
  const [before = '', after = ''] = target.replace('./', '').split('*');
  return readdirSync(join(kit, before), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith(after))
    .map((file) => name.replace('*', file.slice(0, -after.length)));
}

function readEntries(kit: string): string[] {
  const { exports } = JSON.parse(readFileSync(join(kit, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, Target>>;
  };
  return Object.entries(exports).flatMap(([name, target]) => {
    // The others are data, or types alone.
    if (typeof target === 'string' || target.default === undefined) return [];
    const full = name.replace('.', 'im-kit');
    return name.includes('*') ? expand(kit, full, target.default) : [full];
  });
}

export type Installed = {
  readonly folder: string;
  /** Where the package lies in it. */
  readonly place: string;
  readonly remove: () => void;
};

/** Installs the package of a folder into a project of its own, beside the packages of this one. */
export function install(name: string, from: string): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'im-kit-consumer-'));
  const modules = join(folder, 'node_modules');
  const place = join(modules, name);
  mkdirSync(place, { recursive: true });
  execFileSync('tar', ['-xzf', pack(from, folder), '--strip-components=1', '-C', place]);
  for (const other of readdirSync(join(ROOT, 'node_modules'))) {
    if (other.startsWith('.') || other.startsWith('im-kit')) continue;
    symlinkSync(join(ROOT, 'node_modules', other), join(modules, other), 'junction');
  }
  return { folder, place, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export function createConsumer(): Consumer {
  const { folder, place: kit, remove } = install('im-kit', ROOT);
  return { folder, kit, entries: readEntries(kit), remove };
}

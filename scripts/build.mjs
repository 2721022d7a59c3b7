/**
 * Builds what is shipped: the npm modules (tsc), the CDN files (Vite), the server. `npm run build`
 * builds all anew; `npm start` and `npm test` only what is missing or older than its sources.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KIT = ['src', 'package-lock.json', 'tsconfig.json'];

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} sources
 * @property {string} result Written by the build; as old as the build.
 * @property {() => void} build
 */

/** @param {string} script @param {readonly string[]} args */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (status === 0) return;
  console.error(`${script} ${args.join(' ')} failed.`);
  process.exit(1);
}

/** @param {string} program @param {readonly string[]} args */
function tool(program, ...args) {
  run(`node_modules/${program}`, ...args);
}

/** @param {...string} paths */
function remove(...paths) {
  for (const path of paths) rmSync(join(ROOT, path), { recursive: true, force: true });
}

function buildModules() {
  const old = existsSync(join(ROOT, 'dist')) ? readdirSync(join(ROOT, 'dist')) : [];
  remove(...old.filter((name) => name !== 'cdn').map((name) => `dist/${name}`));
  tool('typescript/bin/tsc', '-p', 'tsconfig.build.json');
  run('scripts/editor-data.mjs');
  cpSync(join(ROOT, 'src/themes'), join(ROOT, 'dist/themes'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
}

function buildCdn() {
  remove('dist/cdn', 'server/public/kit');
  tool('vite/bin/vite.js', 'build', '--logLevel=warn');
  tool('vite/bin/vite.js', 'build', '--logLevel=warn', '--mode=iife');
  cpSync(join(ROOT, 'dist/cdn'), join(ROOT, 'server/public/kit'), { recursive: true });
}

/** Bundles the server's own modules; its packages stay outside and are installed with it. */
function buildServer() {
  remove('server/dist');
  buildSync({
    entryPoints: [join(ROOT, 'server/src/main.ts')],
    outfile: join(ROOT, 'server/dist/main.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
}

/** @type {readonly Part[]} */
const PARTS = [
  {
    name: 'npm modules',
    sources: [...KIT, 'tsconfig.build.json', 'custom-elements.json'],
    result: 'dist/index.js',
    build: buildModules,
  },
  {
    name: 'CDN files',
    sources: [...KIT, 'vite.config.ts'],
    result: 'server/public/kit/im-kit.js',
    build: buildCdn,
  },
  {
    name: 'server',
    sources: ['server/src', 'src/protocol', 'package-lock.json'],
    result: 'server/dist/main.js',
    build: buildServer,
  },
];

/** @param {string} path @returns {number} When the newest file at or below a path was written. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const inside = readdirSync(path).filter((name) => !name.endsWith('.test.ts'));
  return Math.max(0, ...inside.map((name) => newest(join(path, name))));
}

/** @param {Part} part */
function isStale({ sources, result }) {
  const built = newest(join(ROOT, result));
  return built === 0 || sources.some((source) => newest(join(ROOT, source)) > built);
}

/** @param {readonly Part[]} parts */
function buildParts(parts) {
  for (const { name, build, result } of parts) {
    const started = Date.now();
    console.log(`Building the ${name} …`);
    build();
    // A source that is saved while the build runs is newer than its result.
    utimesSync(join(ROOT, result), new Date(started), new Date(started));
  }
}

/** @param {readonly string[]} names The parts that matter; all of them by default. */
export function buildWhatIsStale(names = PARTS.map(({ name }) => name)) {
  buildParts(PARTS.filter((part) => names.includes(part.name) && isStale(part)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) buildParts(PARTS);

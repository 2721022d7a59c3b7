/**
 * Every test of the repository, or of the suites that are named: `npm test -- unit browser`. The
 * last line is `N passed, N failed`. What is skipped, and a runner that dies, count as failed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhatIsStale } from './build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['src', 'server/src', 'scripts', 'bench', 'test'];
/** These start servers, browsers and processes of their own, and some measure time: one at a time. */
const ALONE = ['integration', 'packaging', 'simulation', 'faults'];

/** @typedef {{ passed: number; failed: number }} Counts */

/** @returns {string[]} Test files of Node, relative to the root. */
function testFiles() {
  return FOLDERS.filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /(?<!\.browser)\.test\.ts$/.test(file))
        .map((file) => `${folder}/${file.split(sep).join('/')}`),
    )
    .sort();
}

/** The suite of a file: the folder below `test/`, or `unit` for what stands beside the code. */
function suiteOf(/** @type {string} */ file) {
  return /^test\/([^/]+)\//.exec(file)?.[1] ?? 'unit';
}

/**
 * Runs a program, and reads what it has counted.
 *
 * @param {readonly string[]} args
 * @param {string} countsFile
 * @returns {Promise<Counts>}
 */
async function run(args, countsFile) {
  const child = spawn(process.execPath, [...args], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, IM_KIT_COUNTS: countsFile },
  });
  const exit = await new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', (code, signal) => resolve(signal ?? code));
  });
  const [passed = 0, failed = 0, skipped = 0] = readCounts(countsFile);
  if (skipped > 0) console.error(`${skipped} tests were skipped, which counts as failed.`);
  if (exit !== 0 && failed + skipped === 0) {
    console.error(`The runner ended with ${exit}, which counts as a failed test.`);
    return { passed, failed: 1 };
  }
  return { passed, failed: failed + skipped };
}

/** @param {string} file */
function readCounts(file) {
  try {
    return readFileSync(file, 'utf8').trim().split(' ').map(Number);
  } catch {
    return [0, 1, 0];
  }
}

/** @param {readonly string[]} files @param {boolean} alone @param {string} countsFile */
function nodeSuite(files, alone, countsFile) {
  const args = [
    '--import=tsx',
    '--test',
    `--test-concurrency=${alone ? 1 : 2}`,
    '--test-timeout=600000',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/count-node.mjs',
    `--test-reporter-destination=${countsFile}`,
    ...files,
  ];
  return run(args, countsFile);
}

const suites = new Map([['browser', /** @type {string[]} */ ([])]]);
for (const file of testFiles()) {
  const suite = suiteOf(file);
  suites.set(suite, [...(suites.get(suite) ?? []), file]);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.has(name));
if (unknown.length > 0) {
  console.error(
    `No such suite: ${unknown.join(', ')}. There are: ${[...suites.keys()].join(', ')}`,
  );
  process.exit(2);
}

buildWhatIsStale();
const counts = mkdtempSync(join(tmpdir(), 'im-kit-counts-'));
const total = { passed: 0, failed: 0 };
for (const [name, files] of suites) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n=== ${name} ===`);
  const started = performance.now();
  const countsFile = join(counts, name);
  const { passed, failed } =
    name === 'browser'
      ? await run(['node_modules/@web/test-runner/dist/bin.js'], countsFile)
      : await nodeSuite(files, ALONE.includes(name), countsFile);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`--- ${name}: ${passed} passed, ${failed} failed, ${seconds} s`);
}
rmSync(counts, { recursive: true, force: true });
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;

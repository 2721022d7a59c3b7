/**
 * What stands between a fresh clone and a running program, without any dependency: checks Node,
 * installs the packages when they are not those of the lockfile, and with `--browser` makes sure of
 * a Chromium. Says nothing when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_FLOOR = '20.19';

/** @param {readonly string[]} lines @returns {never} */
function stop(...lines) {
  console.error(lines.join('\n'));
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = NODE_FLOOR.split('.').map(Number);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  stop(
    `im-kit needs Node ${NODE_FLOOR} or newer; this is ${process.versions.node}.`,
    'Get it from https://nodejs.org or with your version manager, for example: nvm install 22',
  );
}

/**
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [link]
 * @property {boolean} [optional]
 */

/** @param {string} file */
function lockedPackages(file) {
  if (!existsSync(file)) return;
  const lock = /** @type {{ packages: Record<string, LockedPackage> }} */ (
    JSON.parse(readFileSync(file, 'utf8'))
  );
  return lock.packages;
}

/** npm leaves in node_modules a list of what it has put there, at the very end of an install. */
function isInstalled() {
  const wanted = lockedPackages(join(ROOT, 'package-lock.json'));
  const present = lockedPackages(join(ROOT, 'node_modules/.package-lock.json'));
  if (!wanted) stop('package-lock.json is missing: this is not a whole copy of im-kit.');
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, link, optional }]) => {
    if (!path.includes('node_modules/') || link) return true;
    const found = present[path];
    // Binaries for other systems are in the lockfile and rightly not here.
    return found ? found.version === version : optional === true;
  });
}

/** @param {readonly string[]} args */
function npm(args) {
  const cli = process.env['npm_execpath'];
  const options = { cwd: ROOT, stdio: /** @type {const} */ ('inherit') };
  return cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], options)
    : spawnSync('npm', [...args], { ...options, shell: process.platform === 'win32' });
}

function installPackages() {
  if (isInstalled()) return;
  console.log('Installing the packages of the lockfile (npm ci) …');
  const { status } = npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status !== 0) stop('npm ci failed; its last lines above say why.');
}

function isDebian() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

function installChromium() {
  console.log('No Chromium here; installing the one of this system (apt-get install chromium) …');
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], options);
}

function checkBrowser() {
  if (findChromium()) return;
  const chosen = process.env['CHROME_PATH'];
  if (chosen) stop(`CHROME_PATH is ${chosen}, which is no program that can be run.`);
  if (process.getuid?.() === 0 && isDebian()) installChromium();
  if (findChromium()) return;
  stop(
    'The tests need a Chromium, Chrome or Edge, and none was found. For your system:',
    '  Debian          sudo apt-get install -y chromium',
    '  Ubuntu          sudo snap install chromium',
    '  Fedora          sudo dnf install -y chromium',
    '  Arch            sudo pacman -S chromium',
    '  macOS           brew install --cask google-chrome',
    '  Windows         winget install Google.Chrome',
    '  anywhere else   CHROME_PATH=/path/to/chromium npm test',
  );
}

checkNode();
installPackages();
if (process.argv.includes('--browser')) checkBrowser();

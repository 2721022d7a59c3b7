/**
 * What stands between a fresh clone and a running program, without any dependency: checks Node,
 * installs the packages when they are not those of the lockfile, with `--browser` makes sure of a
 * Chromium, and with `--fonts` of fonts for pictures. Says nothing when there is nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find-browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE_FLOOR = '20.19';
const FONTS = ['fontconfig', 'fonts-noto-cjk', 'fonts-noto-color-emoji', 'fonts-inter'];

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

/** Whether this is a machine on which packages of the distribution may simply be installed. */
function mayInstall() {
  return process.getuid?.() === 0 && isDebian();
}

/** @param {readonly string[]} packages */
function installFromDebian(packages) {
  const options = {
    stdio: /** @type {const} */ ('inherit'),
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-q'], options);
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

function installChromium() {
  console.log('No Chromium here; installing the one of this system (apt-get install chromium) …');
  installFromDebian(['chromium']);
}

/** Whether Chinese and emoji can be drawn, or nobody can tell. */
function hasFonts() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  if (status !== 0) return process.platform !== 'linux';
  const emoji = spawnSync('fc-list', ['Noto Color Emoji', 'family'], { encoding: 'utf8' });
  return stdout.trim() !== '' && emoji.stdout.trim() !== '';
}

/** Pictures without these fonts show boxes for Chinese and emoji; everything else goes on. */
function checkFonts() {
  if (hasFonts()) return;
  if (mayInstall()) installFromDebian(FONTS);
  else
    console.log(`For Chinese and emoji in the pictures: sudo apt-get install ${FONTS.join(' ')}`);
}

function checkBrowser() {
  if (findChromium()) return;
  const chosen = process.env['CHROME_PATH'];
  if (chosen) stop(`CHROME_PATH is ${chosen}, which is no program that can be run.`);
  if (mayInstall()) installChromium();
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
if (process.argv.includes('--fonts')) checkFonts();

/** Finds a browser of the Chromium family that is on this machine. Nothing is ever downloaded. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];

/** @param {NodeJS.ProcessEnv} env */
function usualPlaces(env) {
  const apps = ['/Applications', `${env['HOME'] ?? ''}/Applications`];
  const mac = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
  const roots = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']];
  const windows = [
    'Chromium/Application/chrome.exe',
    'Google/Chrome/Application/chrome.exe',
    'Microsoft/Edge/Application/msedge.exe',
  ];
  return [
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    ...apps.flatMap((root) => mac.map((name) => `${root}/${name}.app/Contents/MacOS/${name}`)),
    ...roots.flatMap((root) => (root ? windows.map((name) => join(root, name)) : [])),
  ];
}

/** @param {string} path */
function runnable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium, or undefined. `CHROME_PATH` wins, also when it is wrong.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env) {
  const chosen = env['CHROME_PATH'];
  if (chosen) return runnable(chosen) ? chosen : undefined;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...usualPlaces(env)].find(runnable);
}

/**
 * The flags of every browser that the tests start. Root and containers cannot use the sandbox; an
 * ordinary user keeps it.
 */
export const chromiumArgs = [
  ...(process.getuid?.() === 0 || existsSync('/.dockerenv') ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-features=Translate,OptimizationHints,MediaRouter',
  '--disable-smooth-scrolling',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

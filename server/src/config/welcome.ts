import { isIP } from 'node:net';
import { join } from 'node:path';
import { APP_KEYS_FILE, type AppKeys } from './app-keys.js';
import type { Settings } from './settings.js';

type Running = { readonly port: number; readonly keys: AppKeys; readonly keysMade: boolean };

/** The address to open in a browser on this machine. */
export function baseUrl(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return isIP(host) === 6 ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

/** What is printed once the server listens. The first line is for programs as well. */
export function welcome(
  settings: Settings,
  folder: string,
  version: string,
  running: Running,
): string {
  const { dev, host } = settings;
  const { port, keys, keysMade } = running;
  const url = baseUrl(host, port);
  const row = (name: string, value: string): string => `  ${name.padEnd(12)} ${value}`;
  const moved = dev && settings.port !== 0 && settings.port !== port;
  const lines = [
    `im-kit-server ${version} listening on ${url}`,
    ...(moved ? [`(port ${settings.port} is taken, so this is the next free one)`] : []),
    '',
    ...(dev
      ? [
          row('Two people', `${url}/`),
          row('One person', `${url}/?user=alice`),
          row('In a site', `${url}/embed.html`),
        ]
      : [row('Kit', `${url}/kit/im-kit.js`), row('Health', `${url}/healthz`)]),
    row('Data', folder),
    row('AppID', keys.appId),
    ...(keysMade
      ? [
          row('Secret', keys.secret),
          row('', `(shown this once; kept in ${join(folder, APP_KEYS_FILE)})`),
        ]
      : []),
    '',
    '  Ctrl+C stops it. Nothing is lost.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

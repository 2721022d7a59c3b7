#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { openDataFolder } from './config/data-folder.js';
import { helpText } from './config/help.js';
import { readSettings } from './config/read-settings.js';
import type { Settings } from './config/settings.js';
import { createLog, type Log } from './http/log.js';
import { run, type RunningServer } from './run.js';

/** A drain that takes longer than this has hung. */
const DRAIN_MS = 5_000;

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};

const say = (text: string): unknown => process.stdout.write(`${text}\n`);
const complain = (text: string): unknown => process.stderr.write(`${text}\n`);

/** What a person reads first, and a program looks for: the line that begins with `listening`. */
function greet({ host, port: wanted, dev }: Settings, server: RunningServer, folder: string): void {
  const name = host.includes(':') ? `[${host}]` : host;
  const address = `http://${name}:${server.port}`;
  if (wanted !== 0 && wanted !== server.port) {
    say(`Port ${wanted} is taken; this is the next free one.`);
  }
  say(`listening ${address}`);
  say('');
  if (dev) {
    say(`  two people     ${address}/`);
    say(`  one person     ${address}/?user=alice`);
    say(`  a site's page  ${address}/embed.html`);
  }
  say(`  data folder    ${folder}`);
  say(`  AppID          ${server.keys.appId}`);
  if (server.keysAreNew) {
    say(`  secret         ${server.keys.secret}`);
    say('                 shown this once; it is kept in app-keys.json of the data folder');
  }
  say('');
}

function leaveOnSignals(server: RunningServer, log: Log): void {
  let leaving = false;
  const leave = (): void => {
    if (leaving) process.exit(130);
    leaving = true;
    log.info('stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, DRAIN_MS).unref();
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);
}

async function start(settings: Settings): Promise<void> {
  const folder = await openDataFolder(settings.data);
  if (folder.status === 'unusable') {
    complain(`The data folder ${folder.path} cannot be written: ${folder.reason}.`);
    process.exit(2);
  }
  const log = createLog(settings.logLevel, settings.dev && process.stderr.isTTY);
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  const { version } = manifest;
  const server = await run({ settings, folder: folder.path, version, log });
  leaveOnSignals(server, log);
  greet(settings, server, folder.path);
}

const command = readSettings(process.argv.slice(2), process.env);
switch (command.status) {
  case 'help':
    say(helpText());
    break;
  case 'version':
    say(manifest.version);
    break;
  case 'wrong':
    for (const problem of command.problems) complain(problem);
    complain('See im-kit-server --help.');
    process.exitCode = 2;
    break;
  case 'run':
    start(command.settings).catch((error: unknown) => {
      complain(error instanceof Error ? error.message : String(error));
      process.exit(1);
    });
}

#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { AppKeysError } from './config/app-keys.js';
import { openDataFolder } from './config/data-folder.js';
import { helpText } from './config/help.js';
import { readSettings } from './config/read-settings.js';
import type { Settings } from './config/settings.js';
import { welcome } from './config/welcome.js';
import { createLog, type Log } from './operation/log.js';
import { run, type Running } from './run.js';
import { StoreLockedError, StoreUnusableError } from './store/open-sqlite-store.js';

const EXIT_FAULT = 1;
const EXIT_SETTING = 2;
const EXIT_INTERRUPTED = 130;

/** From the first signal to the end, at most. */
const STOP_MS = 5_000;
/** npm hands a Ctrl+C on to a process that the terminal has told already: the same wish, twice. */
const ECHO_MS = 500;

const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { readonly version: string };

function print(text: string): void {
  process.stdout.write(text);
}

function exit(code: number, ...lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`im-kit-server: ${line}\n`);
  process.exit(code);
}

/** What cannot be caught where it happens is told, and does not take the others with it. */
function surviveFaults(log: Log): void {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => log.error({ err: error }, 'uncaught exception'));
  // Whoever read them may be gone.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function stopOnSignal(running: Running, log: Log): void {
  let firstAt: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > ECHO_MS) process.exit(EXIT_INTERRUPTED);
      return;
    }
    firstAt = performance.now();
    log.info({ signal }, 'stopping');
    setTimeout(() => exit(EXIT_FAULT, `not stopped within ${STOP_MS} ms.`), STOP_MS).unref();
    running.stop().then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(EXIT_FAULT);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}

function cannotStart(error: unknown, settings: Settings): never {
  if (error instanceof StoreLockedError) exit(EXIT_FAULT, error.message);
  if (error instanceof StoreUnusableError || error instanceof AppKeysError) {
    exit(EXIT_SETTING, `--data: ${error.message}`);
  }
  const { syscall, message } = error as NodeJS.ErrnoException;
  if (syscall === 'listen' || syscall === 'getaddrinfo') {
    cannotListen(error as NodeJS.ErrnoException, settings);
  }
  exit(EXIT_FAULT, message);
}

function cannotListen({ code, message }: NodeJS.ErrnoException, { host, port }: Settings): never {
  if (code === 'EADDRINUSE')
    exit(EXIT_FAULT, `--port: ${port} on ${host} is taken by another process.`);
  if (code === 'EACCES')
    exit(EXIT_FAULT, `--port: ${port} on ${host} needs rights that this user lacks.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    exit(EXIT_SETTING, `--host: "${host}" is no address of this machine.`);
  }
  exit(EXIT_FAULT, message);
}

async function start(settings: Settings): Promise<void> {
  // What people say to each other is not for the other users of the machine.
  process.umask(0o077);
  const folder = await openDataFolder(settings.data);
  if (folder.status === 'unusable') {
    exit(EXIT_SETTING, `--data: "${folder.path}" cannot be written (${folder.reason}).`);
  }
  const log = createLog(settings.logLevel, settings.dev && process.stderr.isTTY);
  surviveFaults(log);
  try {
    const running = await run({ settings, folder: folder.path, version, log });
    stopOnSignal(running, log);
    print(welcome(settings, folder.path, version, running));
  } catch (error) {
    cannotStart(error, settings);
  }
}

async function main(): Promise<void> {
  const command = readSettings(process.argv.slice(2), process.env);
  switch (command.status) {
    case 'help': {
      print(helpText());
      return;
    }
    case 'version': {
      print(`${version}\n`);
      return;
    }
    case 'wrong':
      return exit(EXIT_SETTING, ...command.problems, 'see --help.');
    case 'run':
      return start(command.settings);
  }
}

await main();

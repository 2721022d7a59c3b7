/**
 * A data folder whose disk fails under the running server.
 *
 * `full`: a file system of its own (tmpfs) of a few megabytes, in a mount namespace that needs no
 * rights where the system lets users make one; elsewhere, and for `refusing`, the process may not make
 * its files longer (`refusing`: may not write to files at all), which its calls see as an error, too.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtServer } from './built-server.js';
import { survivingFileLimits } from './preload.js';
import { startServer, type TestServer } from './start-server.js';

const MEGABYTES = 24;
const NAMESPACE = ['--user', '--map-root-user', '--mount'];

export type SmallDisk = {
  readonly server: TestServer;
  /** How it is done here. */
  readonly way: 'a full file system' | 'a limit of file sizes';
  fail(): void;
  heal(): void;
  stop(): Promise<void>;
};

export async function openSmallDisk(fault: 'full' | 'refusing'): Promise<SmallDisk> {
  const data = mkdtempSync(join(tmpdir(), 'im-kit-disk-'));
  const holder = fault === 'full' ? await mount(data) : undefined;
  const inside = ['nsenter', '-t', String(holder?.pid), '-U', '-m', '--preserve-credentials', '--'];
  const server = await startServer({
    ...{ data, main: builtServer(), env: survivingFileLimits() },
    ...(holder && { within: inside }),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    holder?.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  };
  if (!holder) {
    const limit = (bytes: string): void => {
      run('prlimit', '--pid', String(server.pid), `--fsize=${bytes}:unlimited`);
    };
    // As much as a log has at once; a disk that refuses everything takes no byte.
    const [fail, heal] = [() => limit(fault === 'full' ? '65536' : '0'), () => limit('unlimited')];
    return { server, way: 'a limit of file sizes', fail, heal, stop };
  }
  const ballast = join(`/proc/${holder.pid}/root`, data, 'ballast');
  const heal = (): void => rmSync(ballast);
  return { server, way: 'a full file system', fail: () => fill(ballast), heal, stop };
}

/** Holds a file system of its own at `folder`; undefined where that is not allowed. */
async function mount(folder: string): Promise<ChildProcess | undefined> {
  const script = `mount -t tmpfs -o size=${MEGABYTES}m tmpfs "$0" && echo mounted && exec cat`;
  const holder = spawn('unshare', [...NAMESPACE, 'sh', '-c', script, folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const isMounted = await new Promise<boolean>((resolve) => {
    holder.stdout.once('data', () => resolve(true));
    holder.once('error', () => resolve(false));
    holder.once('exit', () => resolve(false));
  });
  return isMounted ? holder : undefined;
}

function fill(file: string): void {
  for (const bytes of [1_048_576, 4_096, 1]) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
}

function run(command: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

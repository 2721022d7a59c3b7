/** A real server process on a free port of the loopback, with a data folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTokens } from '../../server/src/http/tokens.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type TestServer = {
  /** `http://127.0.0.1:<port>`; the same after `restart()`. */
  readonly url: string;
  readonly port: number;
  readonly dataFolder: string;
  readonly appId: string;
  readonly secret: string;
  /** The process of now. */
  pid(): number;
  /** What it has printed, on both streams. */
  output(): string;
  /** A token as the site's back end would sign it. */
  token(userId: string, ttlSeconds?: number): Promise<string>;
  /** Calls a REST route with AppID and secret. */
  rest(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Sends a signal and waits for the end of the process. */
  kill(signal: NodeJS.Signals): Promise<number | null>;
  /** Starts the command again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
};

export type StartOptions = {
  readonly args?: readonly string[];
  readonly nodeArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

type Running = { readonly child: ChildProcess; readonly url: string; output(): string };

/** Resolves at the line that says where it listens; rejects when the process ends before. */
function launch(folder: string, port: number, options: StartOptions): Promise<Running> {
  const { args = [], nodeArgs = [], env = {} } = options;
  const command = ['server/src/main.ts', '--port', String(port), '--data', folder, ...args];
  const child = spawn(process.execPath, ['--import=tsx', ...nodeArgs, ...command], {
    cwd: ROOT,
    env: { ...process.env, IM_KIT_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  return new Promise((resolve, reject) => {
    const read = (bytes: Buffer): void => {
      output += bytes.toString();
      const [, url] = /^listening (\S+)$/m.exec(output) ?? [];
      if (url !== undefined) resolve({ child, url, output: () => output });
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}: ${output}`)));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

/** Starts a server; `stop()` it. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'im-kit-data-'));
  let running = await launch(dataFolder, 0, options);
  const { url } = running;
  const port = Number(new URL(url).port);
  const keys = JSON.parse(await readFile(join(dataFolder, 'app-keys.json'), 'utf8')) as {
    readonly appId: string;
    readonly secret: string;
  };
  const tokens = await createTokens(keys);
  const authorization = `Basic ${Buffer.from(`${keys.appId}:${keys.secret}`).toString('base64')}`;

  const kill = async (signal: NodeJS.Signals): Promise<number | null> => {
    running.child.kill(signal);
    return ended(running.child);
  };
  return {
    ...keys,
    url,
    port,
    dataFolder,
    pid: () => running.child.pid ?? 0,
    output: () => running.output(),
    kill,
    token: async (userId, ttlSeconds = 3_600) => (await tokens.sign(userId, ttlSeconds)).token,
    async rest(method, path, body) {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async restart() {
      running = await launch(dataFolder, port, options);
    },
    async stop() {
      if (running.child.exitCode === null && running.child.signalCode === null) {
        await kill('SIGTERM');
      }
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

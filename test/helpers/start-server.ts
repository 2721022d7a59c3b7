/** A server in a process of its own, on a free port, with a data folder that goes when it stops. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SignJWT } from 'jose';

const SOURCE = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const START_DEADLINE_MS = 30_000;

export type StartOptions = {
  /** Further flags. Port and data folder are given already. */
  readonly flags?: readonly string[];
  /** Undefined takes away. */
  readonly env?: NodeJS.ProcessEnv;
  /** What to run; the sources by default. */
  readonly main?: string;
  /** An existing data folder; it is not removed. */
  readonly data?: string;
  /** A command that is to run the server in its own place, as `nsenter` does. */
  readonly within?: readonly string[];
};

export type RestAnswer = { readonly status: number; readonly body: unknown };

export interface TestServer {
  /** Like `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly port: number;
  readonly data: string;
  readonly appId: string;
  readonly secret: string;
  /** Both streams together, of all runs. */
  readonly output: string;
  readonly pid: number;
  token(userId: string, ttlSeconds?: number): Promise<string>;
  /** Calls the REST interface as the site's back end. @throws Error at 400 and above. */
  rest(method: string, path: string, body?: object): Promise<RestAnswer>;
  /** Sends a signal, waits for the end, and gives the exit code or the signal that ended it. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Starts it again on the same port and folder. */
  restart(): Promise<void>;
  /** Ends the process if it runs, and removes the data folder. */
  stop(): Promise<void>;
}

const APP_ID = 'test-app';
const SECRET = 'a-secret-that-only-the-tests-know';

/** This process's environment without what the server would take for its own settings. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('IM_KIT_'));
  return Object.fromEntries(own);
}

class ServerProcess implements TestServer {
  readonly data: string;
  readonly appId = APP_ID;
  readonly secret = SECRET;
  readonly #options: StartOptions;
  #process: ChildProcess | undefined;
  #output = '';
  #port = 0;

  constructor(data: string, options: StartOptions) {
    this.data = data;
    this.#options = options;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async restart(): Promise<void> {
    const { flags = [], env = {}, main = SOURCE, within = [] } = this.#options;
    const loader = main.endsWith('.ts') ? ['--import', 'tsx'] : [];
    const settings = ['--port', String(this.#port), '--data', this.data, ...flags];
    const command = [...within, process.execPath, ...loader, main, ...settings];
    const child = spawn(command[0]!, command.slice(1), {
      env: { ...cleanEnvironment(), IM_KIT_APP_ID: APP_ID, IM_KIT_SECRET: SECRET, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    // A test that dies must not leave its server behind.
    const follow = (): boolean => child.kill('SIGKILL');
    process.once('exit', follow);
    child.once('close', () => process.off('exit', follow));
    this.#port = await this.#listening(child);
  }

  #listening(child: ChildProcess): Promise<number> {
    return new Promise((resolve, reject) => {
      let printed = '';
      const fail = (why: string): void => {
        clearTimeout(timer);
        reject(new Error(`${why}\n${printed}`));
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(`The server does not listen after ${START_DEADLINE_MS} ms.`);
      }, START_DEADLINE_MS);
      child.once('exit', (code) => fail(`The server has ended with ${code}.`));
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          this.#output += text;
          printed += text;
          const [, port] = /listening on http:\/\/\S+:(\d+)\n/.exec(printed) ?? [];
          if (port === undefined) return;
          clearTimeout(timer);
          resolve(Number(port));
        });
      }
    });
  }

  token(userId: string, ttlSeconds: number = 3_600): Promise<string> {
    return new SignJWT({ app: APP_ID })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(userId)
      .setExpirationTime(Math.floor(Date.now() / 1_000) + ttlSeconds)
      .sign(new TextEncoder().encode(SECRET));
  }

  async rest(method: string, path: string, body?: object): Promise<RestAnswer> {
    const authorization = `Basic ${Buffer.from(`${APP_ID}:${SECRET}`).toString('base64')}`;
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const answer = { status: response.status, body: (await response.json()) as unknown };
    if (response.ok) return answer;
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<number | NodeJS.Signals> {
    const child = this.#process;
    if (!child) throw new Error('The server does not run.');
    this.#process = undefined;
    const end = child.exitCode ?? child.signalCode;
    if (end !== null) return end;
    const ended = new Promise<number | NodeJS.Signals>((resolve) => {
      child.once('close', (code, by) => resolve(code ?? by ?? 0));
    });
    child.kill(signal);
    return ended;
  }

  async stop(): Promise<void> {
    if (this.#process) await this.kill('SIGKILL');
    if (this.#options.data === undefined) await rm(this.data, { recursive: true, force: true });
  }
}

/** Starts a server and waits until it listens. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'im-kit-test-')));
  const server = new ServerProcess(data, options);
  await server.restart();
  return server;
}

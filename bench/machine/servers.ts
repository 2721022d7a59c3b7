/** The product's server as it ships, and the bare ones that it is held against. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtServer } from '../../test/helpers/built-server.js';
import { startServer, type TestServer } from '../../test/helpers/start-server.js';
import { loadUser } from '../load/frames.js';
import type { Target } from '../load/orders.js';
import { bundleProgram } from './bundle.js';
import { COLLECTING, startChild } from './child.js';

export type RunningServer = {
  readonly pid: number;
  readonly target: Target;
  stop(): Promise<void>;
};

export type ServerOptions = {
  /** How many people will connect. */
  readonly clients: number;
  /** SIGUSR2 collects garbage. */
  readonly collecting?: boolean;
};

/** Requests for people that are under way at once. */
const AT_ONCE = 20;

/** Starts `floors/<name>.ts`; it gets a file in a folder of its own, on the disk of temporary files. */
export async function startFloor(
  name: 'ws-durable' | 'ws-idle',
  { clients, collecting = false }: ServerOptions,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'im-kit-floor-'));
  const program = await bundleProgram(`bench/floors/${name}.ts`);
  const child = await startChild(program, [join(folder, 'log')], collecting ? COLLECTING : {});
  const { port } = child.ready as { port: number };
  return {
    pid: child.pid,
    target: { dialect: 'floor', url: `ws://127.0.0.1:${port}`, tokens: [], clients },
    async stop() {
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The flags and files of the server as it ships. */
export function shipped(): { readonly main: string; readonly flags: readonly string[] } {
  return {
    main: builtServer(),
    flags: ['--log-level', 'warn', '--send-rate', 'off', '--max-devices', 'all=999'],
  };
}

/** Starts the product with all its people known. */
export async function startProduct({
  clients,
  collecting = false,
}: ServerOptions): Promise<RunningServer> {
  const server = await startServer({ ...shipped(), ...(collecting && { env: COLLECTING }) });
  const tokens = await addPeople(server, clients);
  return {
    pid: server.pid,
    target: {
      dialect: 'im',
      url: `${server.url.replace('http', 'ws')}/v1/socket`,
      tokens,
      clients,
    },
    async stop() {
      await server.kill('SIGTERM');
      await server.stop();
    },
  };
}

/** Tells the server of `count` people, and gives their tokens. */
export async function addPeople(server: TestServer, count: number): Promise<readonly string[]> {
  const tokens: string[] = [];
  for (let first = 0; first < count; first += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, i) => first + i);
    const made = indexes.map(async (index) => {
      await server.rest('PUT', `/v1/users/${loadUser(index)}`, { name: `Guest ${index}` });
      return server.token(loadUser(index));
    });
    tokens.push(...(await Promise.all(made)));
  }
  return tokens;
}

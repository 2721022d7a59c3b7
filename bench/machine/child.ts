/** Child processes that say one line of JSON when they are ready and end at SIGTERM. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Lets a program that knows nothing of it collect its garbage when it gets SIGUSR2. */
const COLLECT_ON_SIGNAL = [
  `import{setFlagsFromString}from'node:v8';`,
  `import{runInNewContext}from'node:vm';`,
  `setFlagsFromString('--expose-gc');`,
  `const/**/collect=runInNewContext('gc');`,
  `process.on('SIGUSR2',()=>{collect();collect()});`,
].join('');

/** The environment of a server whose memory is to be measured. */
export const COLLECTING: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import=data:text/javascript,${COLLECT_ON_SIGNAL}`,
};

const READY_TIMEOUT_MS = 15_000;

export type Child = {
  readonly pid: number;
  /** The first line of its output. */
  readonly ready: unknown;
  stop(): Promise<void>;
};

/** Starts a bundled program and waits until it is ready. */
export async function startChild(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const line = await firstLine(child, program);
  return { pid: child.pid!, ready: JSON.parse(line) as unknown, stop: () => stopChild(child) };
}

async function firstLine(child: ChildProcess, program: string): Promise<string> {
  const signal = AbortSignal.timeout(READY_TIMEOUT_MS);
  const lines = createInterface({ input: child.stdout! });
  try {
    const [line] = (await Promise.race([
      once(lines, 'line', { signal }),
      once(child, 'exit', { signal }).then(([code]) => {
        throw new Error(`It ended with ${String(code)} before it was ready.`);
      }),
    ])) as [string];
    return line;
  } catch (cause) {
    child.kill('SIGKILL');
    throw new Error(`${program} did not start.`, { cause });
  }
}

/** Ends a child and waits for it. */
export async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(patience);
}

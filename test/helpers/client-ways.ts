/** What tests of the client do again and again. */
import type { HistoryState, ImClient, MessageHistory } from '../../src/client/public.js';
import { isConnected, texts, until } from './node-client.js';

/** Waits until a client is connected and complete. */
export async function connected(client: ImClient): Promise<ImClient> {
  await until(client.connection, isConnected);
  return client;
}

/** Waits until a window shows exactly these texts, and gives its state. */
export function showing(
  window: MessageHistory,
  expected: readonly string[],
): Promise<HistoryState> {
  const wanted = JSON.stringify(expected);
  return until(window.state, (state) => JSON.stringify(texts(state)) === wanted, 5_000);
}

/** Waits until a condition holds that nothing tells of. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const end = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Not within 5 seconds: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

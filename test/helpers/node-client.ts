/** The kit's client in Node, over the `ws` package. */
import { WebSocket } from 'ws';
import { createClient } from '../../src/client/create-client.js';
import type { ImClient, Token } from '../../src/client/public.js';

export { isConnected, texts, until } from './live.js';

/** A client that keeps its data in memory. */
export function nodeClient(server: string, token: Token, userId?: string): ImClient {
  return createClient({
    server,
    token,
    storage: 'memory',
    logLevel: 'silent',
    openSocket: (url, protocol) => new WebSocket(url, protocol),
    ...(userId === undefined ? {} : { userId }),
  });
}

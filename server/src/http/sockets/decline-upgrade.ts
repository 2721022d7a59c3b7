import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What belongs to the upgrade, and goes with it. */
const DROPPED: ReadonlySet<string> = new Set(['connection', 'http2-settings', 'upgrade']);

export function wantsSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/**
 * Answers a request that offers another protocol than a socket's, such as HTTP/2, as if it did not: a
 * server may always go on in HTTP/1.1 (RFC 9110 section 7.8). Node takes such a request out of its
 * parser, so it goes in again, without the offer.
 */
export function declineUpgrade(
  http: Server,
  request: IncomingMessage,
  network: Duplex,
  head: Buffer,
): void {
  const { method = 'GET', url = '/', rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/1.1`, 'connection: close'];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!DROPPED.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
  }
  if (head.length > 0) network.unshift(head);
  network.unshift(Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
  http.emit('connection', network);
}

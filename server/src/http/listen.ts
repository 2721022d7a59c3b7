import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How many ports after a taken one are tried. */
const TRIES = 20;
/** Connections that may wait to be taken: all clients come back at once when they were lost at once. */
const BACKLOG = 4_096;

/**
 * Listens, and gives the port. With `search` a taken port gives way to the next free one.
 *
 * @throws the error of the system, `EADDRINUSE` above all.
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  search: boolean,
): Promise<number> {
  const last = search && port !== 0 ? Math.min(port + TRIES, 65_535) : port;
  for (let candidate = port; ; candidate++) {
    try {
      return await listenOnce(server, host, candidate);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || candidate >= last) throw error;
    }
  }
}

function listenOnce(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, BACKLOG, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

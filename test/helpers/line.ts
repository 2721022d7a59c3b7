/** A TCP line to a server that a test can cut, refuse and mend: a real network fault, no root needed. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export type Line = {
  /** The address to use instead of the server's. */
  readonly url: string;
  /** Resets every connection and refuses new ones. */
  cut(): void;
  /** Keeps connections open but passes nothing on, in either direction. */
  stall(): void;
  /** Lets new connections through again; stalled ones go on. */
  mend(): void;
  stop(): Promise<void>;
};

type State = 'whole' | 'cut' | 'stalled';

/** Opens a line to `url` (`http://127.0.0.1:<port>`) on a free port of the loopback. */
export async function openLine(url: string): Promise<Line> {
  const target = new URL(url);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: State = 'whole';

  const server = createServer((near) => {
    if (state === 'cut') {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    const pair = [near, far] as const;
    pairs.add(pair);
    for (const [socket, other] of [pair, [far, near] as const]) {
      socket.on('data', (bytes) => other.write(bytes));
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
      if (state === 'stalled') socket.pause();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));

  const each = (act: (socket: Socket) => void): void => {
    for (const pair of [...pairs]) pair.forEach(act);
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      state = 'cut';
      each((socket) => socket.resetAndDestroy());
    },
    stall: () => {
      state = 'stalled';
      each((socket) => socket.pause());
    },
    mend: () => {
      state = 'whole';
      each((socket) => socket.resume());
    },
    stop: () =>
      new Promise((stopped) => {
        each((socket) => socket.destroy());
        server.close(() => stopped());
      }),
  };
}

/**
 * The least a durable relay can do: what arrives while the disk is busy is appended to one file, one
 * `fdatasync` for all of it, then each message is acknowledged and handed to the other side of its
 * pair. No rights, no order, no index, no query.
 *
 * Usage: ws-durable <file>. Sockets come as `/pair/<number>/<0 or 1>`; prints `{"port":…}`.
 */
import { fdatasync, openSync, write } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

type Waiting = {
  readonly text: string;
  readonly from: WebSocket;
  readonly to: WebSocket | undefined;
};

const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('Usage: ws-durable <file>');
const file = openSync(path, 'a');
const sockets = new Map<string, WebSocket>();
let waiting: Waiting[] = [];
let busy = false;

function pass({ text, from, to }: Waiting): void {
  const { id } = JSON.parse(text) as { id: number };
  from.send(`{"type":"ack","id":${id}}`);
  to?.send(text);
}

function flush(): void {
  if (busy || waiting.length === 0) return;
  busy = true;
  const batch = waiting;
  waiting = [];
  write(file, batch.map(({ text }) => `${text}\n`).join(''), (failed) => {
    if (failed) throw failed;
    fdatasync(file, (refused) => {
      if (refused) throw refused;
      batch.forEach(pass);
      busy = false;
      flush();
    });
  });
}

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket, request) => {
  const [, , pair, side] = (request.url ?? '').split('/');
  sockets.set(`${pair}/${side}`, socket);
  const peer = `${pair}/${side === '0' ? '1' : '0'}`;
  socket.on('message', (data: Buffer) => {
    waiting.push({ text: data.toString(), from: socket, to: sockets.get(peer) });
    flush();
  });
});
server.on('listening', () => {
  console.log(JSON.stringify({ port: (server.address() as AddressInfo).port }));
});
process.on('SIGTERM', () => process.exit(0));

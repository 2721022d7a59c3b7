import type { WebSocket } from 'ws';
import { pairOf } from './frames.js';
import { openSocket } from './link.js';

const FRAME_BYTES = 180;
const PATIENCE_MS = 10_000;

/** Says hello and sends one message; resolves when it is on disk. */
export async function firstAck(origin: string, token: string, run: string): Promise<void> {
  const target = {
    dialect: 'im',
    url: `${origin}/v1/socket`,
    tokens: [token],
    clients: 1,
  } as const;
  const socket = await openSocket(target, 0, run);
  const [sender] = pairOf(0, run, FRAME_BYTES);
  const acknowledged = acknowledgement(socket);
  socket.send(sender.frame(0));
  await acknowledged;
  socket.terminate();
}

/** Other frames may come in the same packet, so every one is looked at. */
function acknowledgement(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('No acknowledgement came.')), PATIENCE_MS);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.startsWith('{"type":"error"')) reject(new Error(text));
      else if (text.startsWith('{"type":"ack"')) resolve();
      else return;
      clearTimeout(patience);
    });
  });
}

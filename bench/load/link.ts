/** One socket of the load generator. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../src/protocol/version.js';
import { clientIds, readArrival, type Party } from './frames.js';
import type { Target } from './orders.js';

export type LinkWatcher = {
  readonly acknowledged: (link: Link) => void;
  readonly arrived: (clientIds: readonly string[]) => void;
  readonly failed: (reason: string) => void;
};

export class Link {
  readonly party: Party;
  readonly #socket: WebSocket;
  readonly #watcher: LinkWatcher;
  #sent = 0;

  constructor(party: Party, socket: WebSocket, watcher: LinkWatcher) {
    this.party = party;
    this.#socket = socket;
    this.#watcher = watcher;
    socket.on('message', (data: Buffer) => this.#receive(data.toString()));
    socket.on('close', (code) => watcher.failed(`${party.user} was closed with ${code}`));
  }

  /** Sends the next message and gives its number. */
  send(): number {
    const n = this.#sent++;
    this.#socket.send(this.party.frame(n));
    return n;
  }

  #receive(text: string): void {
    const arrival = readArrival(text);
    if (arrival.type === 'ack') this.#watcher.acknowledged(this);
    else if (arrival.type === 'message') this.#watcher.arrived(clientIds(arrival.text));
    else if (arrival.type === 'error') this.#watcher.failed(arrival.text);
  }
}

/** Opens a socket; with the product, says hello and catches up as a client does. */
export async function openSocket(target: Target, index: number, run: string): Promise<WebSocket> {
  if (target.dialect === 'floor') {
    const socket = new WebSocket(`${target.url}/pair/${index >> 1}/${index & 1}`, {
      perMessageDeflate: false,
    });
    await once(socket, 'open');
    return socket;
  }
  const socket = new WebSocket(target.url, SUBPROTOCOL, { perMessageDeflate: false });
  await once(socket, 'open');
  const token = target.tokens[index];
  const device = `device-${index}-${run}`;
  await ask(socket, { type: 'hello', id: 1, version: PROTOCOL_VERSION, token, device }, 'ready');
  await ask(socket, { type: 'sync', id: 2, cursor: '' }, 'heads');
  return socket;
}

async function ask(socket: WebSocket, question: object, answer: string): Promise<void> {
  socket.send(JSON.stringify(question));
  const [data] = (await once(socket, 'message')) as [Buffer];
  const text = data.toString();
  if (!text.startsWith(`{"type":"${answer}"`)) throw new Error(`No ${answer}, but ${text}`);
}

/** A reader by hand: follows one conversation as the protocol says, and can stop reading altogether. */
import { WebSocket } from 'ws';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../src/protocol/version.js';

export class Reader {
  readonly user: string;
  /** The end of the log without a hole. */
  seq = 0;
  /** How often it had to ask for what it has missed. */
  questions = 0;
  /** Why the server has ended the socket. */
  bye: string | undefined;
  readonly #conversation: string;
  readonly #socket: WebSocket;
  #id = 1;
  #isAsking = false;

  private constructor(user: string, conversation: string, socket: WebSocket) {
    this.user = user;
    this.#conversation = conversation;
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#read(JSON.parse(data.toString()) as ServerFrame));
    socket.on('error', () => undefined);
  }

  static async open(
    url: string,
    user: string,
    token: string,
    conversation: string,
  ): Promise<Reader> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/v1/socket`, SUBPROTOCOL, {
      perMessageDeflate: false,
    });
    const reader = new Reader(user, conversation, socket);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    const hello = { type: 'hello', id: 1, version: PROTOCOL_VERSION, token, device: 'by-hand' };
    socket.send(JSON.stringify(hello));
    await new Promise((ready) => socket.once('message', ready));
    return reader;
  }

  /** Takes no byte from the network any more. */
  stop(): void {
    this.#socket.pause();
  }

  goOn(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.terminate();
  }

  #read(frame: ServerFrame): void {
    if (frame.type === 'bye') this.bye = frame.code;
    if (frame.type !== 'events' || frame.conversation !== this.#conversation) return;
    if (frame.id !== undefined) this.#isAsking = false;
    if (frame.from <= this.seq + 1) this.seq = Math.max(this.seq, frame.to);
    const isBehind =
      frame.from > this.seq + 1 || (frame.id !== undefined && frame.events.length > 0);
    if (isBehind && !this.#isAsking) this.#ask();
  }

  #ask(): void {
    this.#isAsking = true;
    this.questions++;
    const range = { conversation: this.#conversation, after: this.seq, limit: 200 };
    this.#socket.send(JSON.stringify({ type: 'range', id: ++this.#id, ...range }));
  }
}

/** A WebSocket server that sends what the bench says, when the bench says it. */
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

export class PushServer {
  readonly #server: WebSocketServer;
  #socket: WebSocket | undefined;

  /** `answer` is what the server sends when a page has sent `text`. */
  private constructor(answer: (text: string) => readonly object[]) {
    this.#server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
    this.#server.on('connection', (socket) => {
      this.#socket = socket;
      socket.on('message', (data: Buffer) => {
        for (const frame of answer(data.toString())) socket.send(JSON.stringify(frame));
      });
    });
  }

  static async start(answer: (text: string) => readonly object[] = () => []): Promise<PushServer> {
    const server = new PushServer(answer);
    await new Promise<void>((listening) => server.#server.once('listening', listening));
    return server;
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Sends to the page that came last. */
  push(frame: object): void {
    if (!this.#socket) throw new Error('No page is connected.');
    this.#socket.send(JSON.stringify(frame));
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((stopped) => this.#server.close(stopped));
  }
}

/** A peer that speaks frames by hand, to see what the server really says. */
import { WebSocket } from 'ws';
import { decodeServerFrame } from '../../src/protocol/decode.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../src/protocol/version.js';

type Answer<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

export class RawPeer {
  readonly frames: ServerFrame[] = [];
  readonly #socket: WebSocket;
  readonly #waiting: Set<() => void> = new Set();
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.push(decodeServerFrame(data.toString()));
      for (const look of this.#waiting) look();
    });
  }

  /** Connects and says hello. */
  static async open(url: string, token: string, device: string = 'raw-peer'): Promise<RawPeer> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/socket`, SUBPROTOCOL);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    const peer = new RawPeer(socket);
    await peer.request('ready', { type: 'hello', version: PROTOCOL_VERSION, token, device });
    return peer;
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @throws Error when the answer has another type, or none comes in 10 seconds.
   */
  async request<T extends ServerFrame['type']>(type: T, request: object): Promise<Answer<T>> {
    const id = ++this.#id;
    this.#socket.send(JSON.stringify({ id, ...request }));
    const answer = await this.next((frame) => 'id' in frame && frame.id === id);
    if (answer.type !== type) throw new Error(`Not a ${type}: ${JSON.stringify(answer)}`);
    return answer as Answer<T>;
  }

  /** The first frame, past or future, that fits. */
  next(fits: (frame: ServerFrame) => boolean): Promise<ServerFrame> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const frame = this.frames.find(fits);
        if (!frame) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(frame);
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error('The frame has not come in 10 seconds.'));
      }, 10_000);
      this.#waiting.add(look);
      look();
    });
  }

  close(): void {
    this.#socket.close();
  }
}

/** Devices that speak frames by hand, many sends at once, and remember every acknowledgement they read. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { DATABASE_FILE } from '../../server/src/store/open-sqlite-store.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import { PROTOCOL_VERSION, SUBPROTOCOL } from '../../src/protocol/version.js';
import type { TestServer } from '../helpers/start-server.js';

export const WAL_FILE: string = `${DATABASE_FILE}-wal`;
const WORDS = '货已出仓，请在月台等候。 The pallets leave at six. ';

export class Writers {
  readonly conversation: string = 'group:loading-dock';
  /** Places in the log by client id. */
  readonly acknowledged: Map<string, number> = new Map();
  /** Refusals by their code. */
  readonly refused: Map<string, number> = new Map();
  /** The length of the server's log when the last acknowledgement was read. */
  syncedBytes = 0;
  readonly #log: string;
  readonly #run: string = Date.now().toString(36);
  readonly #sockets: WebSocket[] = [];
  readonly #counts: number[] = [];
  #waiting: Map<number, () => void> = new Map();
  #id = 0;

  private constructor(log: string) {
    this.#log = log;
  }

  /** Connects so many devices of one person. */
  static async open(server: TestServer, devices: number): Promise<Writers> {
    const writers = new Writers(join(server.data, WAL_FILE));
    await server.rest('PUT', '/v1/users/ines', { name: 'Ines' });
    const group = { kind: 'group', id: writers.conversation, name: 'Dock', members: ['ines'] };
    await server.rest('POST', '/v1/conversations', group).catch(() => undefined);
    const token = await server.token('ines');
    for (let index = 0; index < devices; index++) {
      await writers.#connect(server.url, token, `dock-${index}-${Date.now()}`);
    }
    return writers;
  }

  /** How many sends have no answer yet. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Sends so many messages at once; resolves when all are answered, or the sockets are gone. */
  async burst(count: number): Promise<void> {
    await Promise.all(
      Array.from({ length: count }, (_, at) => this.#send(at % this.#sockets.length)),
    );
  }

  close(): void {
    for (const socket of this.#sockets) socket.terminate();
    for (const done of this.#waiting.values()) done();
    this.#waiting.clear();
  }

  #send(device: number): Promise<void> {
    const socket = this.#sockets[device]!;
    if (socket.readyState !== WebSocket.OPEN) return Promise.resolve();
    const id = ++this.#id;
    const n = this.#counts[device]!++;
    const text = `${n} ${WORDS.repeat(1 + (id % 7))}`;
    const message = { clientId: `${this.#run}-${id}`, n, kind: 'text', body: { text } };
    socket.send(JSON.stringify({ type: 'send', id, conversation: this.conversation, ...message }));
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  async #connect(url: string, token: string, device: string): Promise<void> {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/socket`, SUBPROTOCOL);
    await new Promise((open, failed) => socket.once('open', open).once('error', failed));
    socket.on('error', () => undefined);
    const hello = { type: 'hello', id: 0, version: PROTOCOL_VERSION, token, device };
    socket.send(JSON.stringify(hello));
    await new Promise((ready) => socket.once('message', ready));
    socket.on('message', (data: Buffer) => this.#read(JSON.parse(data.toString()) as ServerFrame));
    this.#sockets.push(socket);
    this.#counts.push(0);
  }

  #read(frame: ServerFrame): void {
    if (frame.type === 'ack') {
      this.acknowledged.set(frame.clientId, frame.seq);
      this.syncedBytes = statSync(this.#log, { throwIfNoEntry: false })?.size ?? 0;
    } else if (frame.type === 'error') {
      this.refused.set(frame.code, (this.refused.get(frame.code) ?? 0) + 1);
    }
    if (!('id' in frame)) return;
    this.#waiting.get(frame.id)?.();
    this.#waiting.delete(frame.id);
  }
}

import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Wire } from '../../core/core.js';
import { frameBytes } from './frame-bytes.js';

/**
 * Gathers what all sockets are sent in one turn of the event loop. Equal frames in a row, as in a
 * fan-out, share their bytes.
 */
export class Outbound {
  readonly #waiting: SocketWire[] = [];
  #scheduled = false;
  #text = '';
  #bytes: Buffer | undefined;

  frame(text: string): Buffer {
    if (this.#bytes && this.#text === text) return this.#bytes;
    this.#text = text;
    this.#bytes = frameBytes(text);
    return this.#bytes;
  }

  add(wire: SocketWire): void {
    this.#waiting.push(wire);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#scheduled = false;
    this.#text = '';
    this.#bytes = undefined;
    for (const wire of this.#waiting.splice(0)) wire.flush();
  }
}

/** Small frames are cheaper to copy into one write than to write one by one. */
const MOST_COPIED_BYTES = 65_536;

/**
 * A socket as the core sees it. Text frames go straight into the network socket under the library's;
 * whole frames only, so that they may stand between the library's own control frames.
 */
export class SocketWire implements Wire {
  readonly #socket: WebSocket;
  readonly #network: Duplex;
  readonly #outbound: Outbound;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(socket: WebSocket, network: Duplex, outbound: Outbound) {
    this.#socket = socket;
    this.#network = network;
    this.#outbound = outbound;
  }

  get bufferedBytes(): number {
    return this.#pendingBytes + this.#network.writableLength;
  }

  send(text: string): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const bytes = this.#outbound.frame(text);
    if (this.#pending.push(bytes) === 1) this.#outbound.add(this);
    this.#pendingBytes += bytes.length;
  }

  /** Hands what is pending to the network. */
  flush(): void {
    const pending = this.#pending;
    const [first] = pending;
    if (!first) return;
    const total = this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
    if (this.#socket.readyState !== this.#socket.OPEN || !this.#network.writable) return;
    if (pending.length > 1 && total > MOST_COPIED_BYTES) this.#writeAll(pending);
    else this.#network.write(pending.length === 1 ? first : Buffer.concat(pending, total));
  }

  /** Without a copy: what many slow readers wait for is in memory once. */
  #writeAll(pending: readonly Buffer[]): void {
    this.#network.cork();
    for (const bytes of pending) this.#network.write(bytes);
    this.#network.uncork();
  }

  close(code: number, reason: string): void {
    this.flush();
    this.#socket.close(code, reason);
  }
}

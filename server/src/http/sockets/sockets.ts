import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { CLOSE } from '../../../../src/protocol/close-codes.js';
import { requestId } from '../../../../src/protocol/decode.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import { LIMITS } from '../../../../src/protocol/limits.js';
import type { ErrorFrame } from '../../../../src/protocol/server-frames.js';
import { SUBPROTOCOL } from '../../../../src/protocol/version.js';
import type { Core, Session } from '../../core/core.js';
import type { Refusals } from '../../operation/refusals.js';
import type { Log } from '../../operation/log.js';
import type { Origins } from '../access/origins.js';
import { errorJson, SECURITY_HEADERS, statusOf } from '../reply.js';
import { Outbound, SocketWire } from './socket-wire.js';

export const SOCKET_PATH = '/v1/socket';

/** A frame between the limit and this is refused; a greater one ends the socket unread. */
const HARD_FRAME_BYTES = 4 * LIMITS.frameBytes;

export type SocketsOptions = {
  readonly core: Core;
  readonly origins: Origins;
  readonly log: Log;
  readonly refused: (code: string) => void;
  readonly refusals: Refusals;
};

/** Turns upgrade requests into sessions of the core. */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #outbound = new Outbound();
  readonly #server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: HARD_FRAME_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  #draining = false;
  #opened = 0;

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#server.clients.size;
  }

  readonly upgrade = (request: IncomingMessage, network: Duplex, head: Buffer): void => {
    // Until the library takes over, an error of the network socket would have no listener.
    network.on('error', ignore);
    const refusal = this.#refusal(request);
    if (refusal) {
      this.#options.refused(refusal.code);
      refuseUpgrade(network, refusal);
      return;
    }
    // Nothing below may hold the request: it would stay as long as the socket does.
    this.#server.handleUpgrade(request, network, head, (socket) => {
      network.off('error', ignore);
      this.#open(socket, network);
    });
  };

  /** Refuses what comes from now on. */
  drain(): void {
    this.#draining = true;
  }

  /** Drops the sockets that did not close by themselves. */
  terminate(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  #refusal({ url, headers }: IncomingMessage): ImError | undefined {
    if (url?.split('?', 1)[0] !== SOCKET_PATH) {
      return new ImError('request/not-found', `Sockets are opened at ${SOCKET_PATH}.`);
    }
    if (this.#draining) return new ImError('server/shutting-down', 'The server is stopping.');
    if (!this.#options.origins.allows(headers.origin)) {
      return new ImError('auth/forbidden-origin', 'Pages of this origin may not connect.');
    }
    const offered = headers['sec-websocket-protocol']?.split(',').map((name) => name.trim());
    if (offered?.includes(SUBPROTOCOL)) return;
    return new ImError('protocol/unsupported-version', `The subprotocol must be ${SUBPROTOCOL}.`);
  }

  #open(socket: WebSocket, network: Duplex): void {
    const wire = new SocketWire(socket, network, this.#outbound);
    const session = this.#options.core.connect(wire);
    // Not a number, which the core counts with.
    const name = `unread ${++this.#opened}`;
    let unreadable = 0;
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const error = unreadableFrame(data, isBinary);
      if (!error) {
        this.#receive(session, wire, data.toString('utf8'));
        return;
      }
      this.#options.refused(error.code);
      this.#options.refusals.add({ code: error.code, socket: name });
      unreadable += 1;
      wire.send(
        JSON.stringify(errorFrame(error, isBinary ? undefined : requestId(data.toString('utf8')))),
      );
      if (unreadable <= LIMITS.badFrames) return;
      wire.close(CLOSE.badFrames, error.code);
      // The library still reads until the other end has closed as well.
      session.closed();
    });
    socket.on('error', ignore);
    socket.on('close', () => session.closed());
  }

  /** A fault in one session ends that session, never the process. */
  #receive(session: Session, wire: SocketWire, text: string): void {
    try {
      session.receive(text);
    } catch (error) {
      this.#options.log.error({ err: error }, 'session failed');
      wire.close(CLOSE.tryAgainLater, 'server/internal');
    }
  }
}

/** An error that its `close` event tells as well. */
function ignore(): void {}

function unreadableFrame(data: Buffer, isBinary: boolean): ImError | undefined {
  if (isBinary) return new ImError('protocol/bad-frame', 'Frames are text.');
  if (data.length <= LIMITS.frameBytes) return;
  return new ImError('protocol/too-large', `A frame may have ${LIMITS.frameBytes} bytes.`);
}

function errorFrame({ code, message }: ImError, id: number | undefined): ErrorFrame {
  return { type: 'error', code, message, ...(id !== undefined && { id }) };
}

function refuseUpgrade(network: Duplex, error: ImError): void {
  const status = statusOf(error.code);
  const body = `${JSON.stringify(errorJson(error))}\n`;
  const headers = {
    ...SECURITY_HEADERS,
    connection: 'close',
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  network.end(`HTTP/1.1 ${status} Refused\r\n${lines.join('')}\r\n${body}`, () =>
    network.destroy(),
  );
}

import type { ClientFrame } from '../../protocol/client-frames.js';
import { CLOSE } from '../../protocol/close-codes.js';
import { ImError } from '../../protocol/im-error.js';
import { readServerFrame, type Reading } from '../../protocol/salvage.js';
import type { SocketLike } from '../public.js';

export type SocketEvents = {
  readonly open: () => void;
  readonly frame: (reading: Reading) => void;
  /** Called once; nothing is called after it. */
  readonly end: (error: ImError) => void;
};

/** One WebSocket: frames in and out, and the reason of its end. Never used again once it has ended. */
export class Socket {
  readonly #raw: SocketLike;
  readonly #events: SocketEvents;
  #ended = false;

  constructor(raw: SocketLike, events: SocketEvents) {
    this.#raw = raw;
    this.#events = events;
    raw.onopen = () => events.open();
    raw.onmessage = ({ data }: { readonly data: unknown }) => this.#receive(data);
    raw.onclose = ({ code }: { readonly code: number }) => {
      this.end(new ImError('connection/offline', `The connection was closed (${code}).`));
    };
    // A close follows; but a runtime may throw an error that nobody listens to.
    raw.onerror = () => undefined;
  }

  send(frame: ClientFrame): void {
    this.sendText(JSON.stringify(frame));
  }

  /** Sends a frame that is text already. Does nothing on a socket that has ended. */
  sendText(text: string): void {
    if (!this.#ended && this.#raw.readyState === 1) this.#raw.send(text);
  }

  /** Closes, and reports `error` as the reason unless the end was reported before. */
  end(error: ImError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#raw.onopen = this.#raw.onmessage = this.#raw.onclose = null;
    try {
      this.#raw.close(CLOSE.normal);
    } catch {
      // Closed already, or never open: there is nothing left to close.
    }
    this.#events.end(error);
  }

  #receive(data: unknown): void {
    try {
      this.#events.frame(readServerFrame(String(data)));
    } catch (error) {
      if (!(error instanceof ImError)) throw error;
      this.end(error);
    }
  }
}

/** A socket without a network: the client's end of a wire to a core in the same page or process. */
import type { Core, Session, Wire } from './core.js';

const OPEN = 1;
const CLOSED = 3;

/** Fits what the client asks of a WebSocket. */
export class InPageSocket {
  readyState = 0;
  readonly bufferedAmount: number = 0;
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { readonly data: unknown }) => void) | null = null;
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly #session: Session;
  #isDead = false;

  constructor(core: Core) {
    const wire: Wire = {
      bufferedBytes: 0,
      send: (text) => this.#later(() => this.onmessage?.({ data: text })),
      close: (code, reason) => this.#later(() => this.#end(code, reason)),
    };
    this.#session = core.connect(wire);
    queueMicrotask(() => {
      if (this.readyState !== 0) return;
      this.readyState = OPEN;
      this.onopen?.(new Event('open') as never);
    });
  }

  send(data: string): void {
    this.#later(() => this.#session.receive(data));
  }

  close(code: number = 1000, reason: string = ''): void {
    queueMicrotask(() => this.#end(code, reason));
  }

  /** Cuts the line: nothing passes any more, and neither side is told. */
  drop(): void {
    this.#isDead = true;
  }

  #later(task: () => void): void {
    queueMicrotask(() => {
      if (this.readyState === OPEN && !this.#isDead) task();
    });
  }

  #end(code: number, reason: string): void {
    if (this.readyState === CLOSED) return;
    this.readyState = CLOSED;
    this.#session.closed();
    this.onclose?.({ code, reason });
  }
}

/** Connects to a core as `new WebSocket()` would connect to its server. */
export function inPageSocket(core: Core): InPageSocket {
  return new InPageSocket(core);
}

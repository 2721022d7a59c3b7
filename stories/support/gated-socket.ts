/**
 * A line to the core of the page that a story can disturb: cut it, hold back what the server says, or
 * have a message refused. The client sees what it would see of a bad network or a strict server.
 */
import type { SocketLike } from '../../src/client/public.js';
import type { Core } from '../../server/src/core/core.js';
import { inPageSocket, type InPageSocket } from '../../server/src/core/in-page.js';

/** What a story has done to all lines of one person. */
export type Line = {
  isCut: boolean;
  /** Types of the server's frames that wait. */
  held: ReadonlySet<string>;
  /** The code that the next `send` gets for an answer. */
  refusal: string | undefined;
};

type Frame = { readonly type: string; readonly id?: number };

export class GatedSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null;
  onmessage: SocketLike['onmessage'] = null;
  onclose: SocketLike['onclose'] = null;
  onerror: SocketLike['onerror'] = null;
  readonly bufferedAmount: number = 0;
  readonly #line: Line;
  readonly #inner: InPageSocket;
  #waiting: string[] = [];

  constructor(core: Core, line: Line) {
    this.#line = line;
    this.#inner = inPageSocket(core);
    if (line.isCut) queueMicrotask(() => this.#inner.close(1006));
    this.#inner.onopen = (event) => this.onopen?.(event);
    this.#inner.onclose = (event) => this.onclose?.(event as never);
    this.#inner.onmessage = ({ data }) => this.#arrive(String(data));
  }

  get readyState(): number {
    return this.#inner.readyState;
  }

  send(data: string): void {
    const { refusal } = this.#line;
    const { type, id } = JSON.parse(data) as Frame;
    if (type !== 'send' || refusal === undefined) {
      this.#inner.send(data);
      return;
    }
    this.#line.refusal = undefined;
    const answer = { type: 'error', id, code: refusal, message: 'Refused by the story.' };
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(answer) } as never));
  }

  close(code?: number, reason?: string): void {
    this.#inner.close(code, reason);
  }

  /** Lets through what has waited and is no longer held. */
  release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const text of waiting) this.#arrive(text);
  }

  #arrive(text: string): void {
    const { type } = JSON.parse(text) as Frame;
    // What follows a held frame waits as well: the order of frames carries meaning.
    if (this.#waiting.length > 0 || this.#line.held.has(type)) this.#waiting.push(text);
    else this.onmessage?.({ data: text } as never);
  }
}

import type { ServerFrame } from '../../protocol/server-frames.js';
import { ImError } from '../../protocol/im-error.js';
import type { Environment } from '../environment.js';

type Waiting = {
  readonly resolve: (frame: ServerFrame) => void;
  readonly reject: (error: ImError) => void;
  readonly cancel: () => void;
};

/** Matches answers to requests by id, and fails those that wait too long. */
export class Requests {
  readonly #schedule: Environment['schedule'];
  readonly #waiting: Map<number, Waiting> = new Map();
  #lastId = 0;

  constructor(schedule: Environment['schedule']) {
    this.#schedule = schedule;
  }

  /** An id that no request of this client has had. */
  nextId(): number {
    return ++this.#lastId;
  }

  /** Resolves with the answer to `id`; rejects with its error, a timeout, or the lost connection. */
  wait(id: number, deadlineMs: number): Promise<ServerFrame> {
    return new Promise((resolve, reject) => {
      const cancel = this.#schedule(deadlineMs, () => {
        this.#waiting.delete(id);
        reject(new ImError('connection/timeout', 'The server did not answer in time.'));
      });
      this.#waiting.set(id, { resolve, reject, cancel });
    });
  }

  /** Hands an answer to whoever waits for it. */
  settle(frame: ServerFrame): void {
    const waiting = 'id' in frame ? this.#take(frame.id) : undefined;
    if (frame.type === 'error') waiting?.reject(errorOf(frame));
    else waiting?.resolve(frame);
  }

  /** Fails all that wait. */
  abandon(error: ImError): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    waiting?.cancel();
    return waiting;
  }
}

/** The error that a frame tells of. Codes of a newer server pass through. */
export function errorOf(frame: Extract<ServerFrame, { type: 'error' | 'bye' }>): ImError {
  return new ImError(frame.code as ImError['code'], frame.message, frame);
}

/**
 * The long answers of one socket, one at a time: between two of them every other socket has its turn,
 * and none is put together while its reader has not taken in those before it.
 */
const LOOK_AGAIN_MS = 50;

export type RequestLineOptions = {
  readonly turn: () => Promise<void>;
  readonly schedule: (delayMs: number, task: () => void) => void;
  /** `full` while much waits for the reader already. */
  readonly state: () => 'free' | 'full' | 'closed';
};

export class RequestLine {
  readonly #options: RequestLineOptions;
  #last: Promise<void> = Promise.resolve();

  constructor(options: RequestLineOptions) {
    this.#options = options;
  }

  /** Runs `task` when it is its turn, unless the socket has been closed by then. */
  run(task: () => Promise<void> | void): Promise<void> {
    const done = this.#last.then(async () => {
      if (await this.#isFree()) await task();
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #isFree(): Promise<boolean> {
    const { turn, schedule, state } = this.#options;
    await turn();
    while (state() === 'full') {
      await new Promise<void>((resolve) => schedule(LOOK_AGAIN_MS, resolve));
    }
    return state() === 'free';
  }
}

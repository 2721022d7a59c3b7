/** What changes about devices and tokens, as parts of a commit. */
import type { ImError } from '../../../../src/protocol/im-error.js';
import type { DeviceUpdate } from '../../store/store.js';
import type { Draft, Journal, Work } from '../log/journal.js';

/** Adds to the next commit, and resolves once that is on disk. */
export function committed(journal: Journal, add: (draft: Draft) => void): Promise<void> {
  return new Promise((resolve, reject) => journal.add(new Addition(add, resolve, reject)));
}

/** Remembers that a device was seen. One that is lost is healed by the next. */
export function putDevice(
  journal: Journal,
  update: DeviceUpdate,
  forgotten: readonly string[] = [],
): void {
  const { user } = update;
  const put = committed(journal, (draft) => {
    draft.devices.push(update);
    for (const device of forgotten) draft.forgotten.push({ user, device });
  });
  put.catch(() => undefined);
}

class Addition implements Work {
  readonly #add: (draft: Draft) => void;
  readonly #resolve: () => void;
  readonly #reject: (error: ImError) => void;

  constructor(add: (draft: Draft) => void, resolve: () => void, reject: (error: ImError) => void) {
    this.#add = add;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  prepare(draft: Draft): 'commit' {
    this.#add(draft);
    return 'commit';
  }

  committed(): void {
    this.#resolve();
  }

  undo(): void {
    // Nothing has changed yet.
  }

  failed(error: ImError): void {
    this.#reject(error);
  }
}

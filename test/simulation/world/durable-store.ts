/**
 * What one server process sees of the disk. Every call takes its time, and a process that dies in the
 * middle of a commit has brought it to the disk or not: either way nobody is told any more.
 */
import { ImError } from '../../../src/protocol/im-error.js';
import type { Commit, Store } from '../../../server/src/store/store.js';
import type { Clock, Owner } from './clock.js';
import type { Random } from './random.js';

/** How the disk does at present; changed by faults. */
export type Disk = {
  /** The longest that a commit usually takes, in milliseconds. */
  commitMs: number;
  readMs: number;
  isRefusing: boolean;
};

export type DurableStoreOptions = {
  readonly store: Store;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly owner: Owner;
  readonly random: Random;
  readonly onCommitted: (commit: Commit) => void;
};

/** A promise that stays open: whoever waits for it is no more. */
function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

export class DurableStore implements Store {
  readonly #options: DurableStoreOptions;
  /** One after the other, as on every disk. */
  #last: Promise<void> = Promise.resolve();
  #isAlive = true;

  constructor(options: DurableStoreOptions) {
    this.#options = options;
  }

  /** The process is no more. */
  die(): void {
    this.#isAlive = false;
  }

  commit(commit: Commit): Promise<void> {
    const done = this.#last.then(() => this.#commit(commit));
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #commit(commit: Commit): Promise<void> {
    const { store, disk, random, onCommitted } = this.#options;
    await this.#wait(random.next() * disk.commitMs);
    if (disk.isRefusing) throw new ImError('server/store-unavailable', 'The disk refuses.');
    await store.commit(commit);
    onCommitted(commit);
    await this.#wait(random.next() * disk.commitMs);
  }

  probe(): Promise<void> {
    return this.#read(() => this.#options.store.probe());
  }

  revision: Store['revision'] = () => this.#read(() => this.#options.store.revision());
  users: Store['users'] = (...asked) => this.#read(() => this.#options.store.users(...asked));
  members: Store['members'] = (...asked) => this.#read(() => this.#options.store.members(...asked));
  heads: Store['heads'] = (...asked) => this.#read(() => this.#options.store.heads(...asked));
  digest: Store['digest'] = (...asked) => this.#read(() => this.#options.store.digest(...asked));
  range: Store['range'] = (...asked) => this.#read(() => this.#options.store.range(...asked));
  unread: Store['unread'] = (...asked) => this.#read(() => this.#options.store.unread(...asked));
  pins: Store['pins'] = (...asked) => this.#read(() => this.#options.store.pins(...asked));
  stale: Store['stale'] = (...asked) => this.#read(() => this.#options.store.stale(...asked));
  nextN: Store['nextN'] = (...asked) => this.#read(() => this.#options.store.nextN(...asked));
  find: Store['find'] = (...asked) => this.#read(() => this.#options.store.find(...asked));
  standing: Store['standing'] = (...asked) =>
    this.#read(() => this.#options.store.standing(...asked));
  conversation: Store['conversation'] = (...asked) =>
    this.#read(() => this.#options.store.conversation(...asked));

  readonly devices: Store['devices'] = {
    of: (...asked) => this.#read(() => this.#options.store.devices.of(...asked)),
    one: (...asked) => this.#read(() => this.#options.store.devices.one(...asked)),
    revokedBefore: (...asked) =>
      this.#read(() => this.#options.store.devices.revokedBefore(...asked)),
    lastSeen: (...asked) => this.#read(() => this.#options.store.devices.lastSeen(...asked)),
    acquainted: (...asked) => this.#read(() => this.#options.store.devices.acquainted(...asked)),
  };

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What is read is as it was at some moment between the question and the answer. */
  async #read<T>(read: () => Promise<T>): Promise<T> {
    const { disk, random } = this.#options;
    await this.#wait(random.mostlySmall(disk.readMs));
    const found = await read();
    await this.#wait(random.mostlySmall(disk.readMs));
    return found;
  }

  async #wait(delayMs: number): Promise<void> {
    const { clock, owner } = this.#options;
    if (this.#isAlive && delayMs > 0) await clock.wait(owner, delayMs);
    if (!this.#isAlive) await never();
  }
}

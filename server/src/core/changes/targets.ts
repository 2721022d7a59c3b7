/**
 * Messages that are being changed, as they stand on disk and with the commit that is being put
 * together. A message is in memory at most once for a room; whoever waits while holding one pins it.
 */
import { NO_CHANGES, type Changes } from '../../../../src/protocol/changes.js';
import type { LogEvent } from '../../../../src/protocol/entities.js';
import type { Store } from '../../store/store.js';

export type Target = {
  event: LogEvent;
  /** On disk. */
  changes: Changes;
  /** With the commit that is being put together. */
  draft: Changes;
  /** Above 0 the target stays in memory. */
  pins: number;
};

/** Messages of one room that are kept, those in use aside. */
const MOST = 100;

export class Targets {
  readonly #targets = new Map<number, Target>();
  readonly #loading = new Map<number, Promise<Target | undefined>>();

  /** The message, pinned once for the caller; undefined when there is none in that place. */
  async pinned(store: Store, room: string, seq: number): Promise<Target | undefined> {
    const target = this.#targets.get(seq) ?? (await this.#load(store, room, seq));
    if (target) target.pins++;
    this.#drop();
    return target;
  }

  /** Messages up to `seq` are there no more. */
  forget(seq: number): void {
    for (const place of this.#targets.keys()) if (place <= seq) this.#targets.delete(place);
  }

  #load(store: Store, room: string, seq: number): Promise<Target | undefined> {
    let loading = this.#loading.get(seq);
    if (!loading) {
      loading = this.#read(store, room, seq).finally(() => this.#loading.delete(seq));
      this.#loading.set(seq, loading);
    }
    return loading;
  }

  async #read(store: Store, room: string, seq: number): Promise<Target | undefined> {
    const [found] = await store.standing(room, [seq]);
    if (!found) return;
    const { event, changes = NO_CHANGES } = found;
    const target = { event, changes, draft: changes, pins: 0 };
    this.#targets.set(seq, target);
    return target;
  }

  #drop(): void {
    for (const [seq, { pins }] of this.#targets) {
      if (this.#targets.size <= MOST) return;
      if (pins === 0) this.#targets.delete(seq);
    }
  }
}

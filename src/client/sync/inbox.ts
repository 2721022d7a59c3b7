/**
 * Frames in the order of their arrival, applied to the database. Those that come while a transaction
 * runs wait and share the next one. Only when it is on disk does anybody hear of it, and is the
 * request that it answers settled.
 */
import { ImError } from '../../protocol/im-error.js';
import type { ServerFrame } from '../../protocol/server-frames.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Log } from '../log.js';
import { applyHead, applyHeads, applyMarks } from './apply-heads.js';
import { applyAck, applyEvents } from './apply-log.js';
import { Batch, type Outcome } from './batch.js';

export type InboxOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly log: Log;
  readonly onApplied: (outcome: Outcome) => void;
  readonly settle: (frame: ServerFrame) => void;
  /** Nothing can be stored: what has come is given back to the server's care. */
  readonly onFailed: (error: ImError) => void;
};

/** Most frames in one transaction, so that a burst does not hold the screen. */
const FRAMES = 64;

export class Inbox {
  /** Whether the heads to come are all that there are. */
  isFull = false;
  readonly #options: InboxOptions;
  #frames: ServerFrame[] = [];
  #running = false;
  #version = 0;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Whether everything that has come is applied. */
  get idle(): boolean {
    return !this.#running;
  }

  /** Grows with every frame. */
  get version(): number {
    return this.#version;
  }

  push(frame: ServerFrame): void {
    this.#frames.push(frame);
    this.#version++;
    if (!this.#running) void this.#run();
  }

  /** Forgets what a lost connection has left: the next one brings it again. */
  clear(): void {
    this.#frames = [];
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#frames.length) await this.#apply(this.#frames.splice(0, FRAMES));
    this.#running = false;
  }

  async #apply(frames: readonly ServerFrame[]): Promise<void> {
    const { onApplied, settle, log, onFailed, storage, mirror } = this.#options;
    try {
      onApplied(await this.#store(frames));
      for (const frame of frames) settle(frame);
    } catch (cause) {
      mirror.expect([]);
      log.error('apply-failed', cause, { frames: frames.length });
      this.clear();
      try {
        if (cause instanceof ImError && cause.code === 'storage/quota-exceeded') {
          await storage.fallBack(cause);
        }
      } catch (error) {
        log.error('fall-back-failed', error);
      }
      onFailed(new ImError('storage/unavailable', 'A batch could not be stored.', { cause }));
    }
  }

  #store(frames: readonly ServerFrame[]): Promise<Outcome> {
    const { mirror, storage } = this.#options;
    return storage.use((db) =>
      db.write(async () => {
        const batch = new Batch(db, mirror.self);
        for (const frame of frames) await this.#applyFrame(batch, frame);
        await batch.save();
        mirror.expect(batch.rows);
        return batch.outcome;
      }),
    );
  }

  async #applyFrame(batch: Batch, frame: ServerFrame): Promise<void> {
    switch (frame.type) {
      case 'events':
        return applyEvents(batch, frame);
      case 'ack':
        return applyAck(batch, frame);
      case 'heads':
        return applyHeads(batch, frame, this.isFull);
      case 'head':
        return applyHead(batch, frame.head, false);
      case 'marks':
        return applyMarks(batch, frame);
      case 'users':
        for (const user of frame.users) batch.putUser(user);
        return;
      case 'ready':
        batch.putUser(frame.user);
        return;
      case 'bye':
      case 'error':
      case 'pong':
      case 'typing':
        return;
    }
  }
}

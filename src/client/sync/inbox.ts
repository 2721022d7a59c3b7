/**
 * Frames in the order of their arrival, applied to the database. Those that come while a transaction
 * runs wait and share the next one. Only when it is on disk does anybody hear of it, and is the
 * request that it answers settled.
 */
import { ImError } from '../../protocol/im-error.js';
import type { ServerFrame } from '../../protocol/server-frames.js';
import type { ConversationRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Log } from '../log.js';
import type { Term } from '../tabs/term.js';
import { applyHead, applyHeads, applyMarks } from './apply-heads.js';
import { applyAck, applyEvents } from './apply-log.js';
import { Batch } from './batch.js';
import type { Outcome } from './outcome.js';
import { needsOf } from './needs.js';

export type InboxOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly log: Log;
  readonly term: Term;
  /** Whether what arrives in a conversation is seen at once. */
  readonly isKeptRead: (conversation: string) => boolean;
  readonly onApplied: (outcome: Outcome) => void;
  readonly settle: (frame: ServerFrame) => void;
  /** Nothing can be stored: what has come is given back to the server's care. */
  readonly onFailed: (error: ImError) => void;
};

/** Most frames in one transaction, and most events of all but its last, so that a burst does not hold the screen. */
const FRAMES = 64;
const EVENTS = 300;

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
    while (this.#frames.length) await this.#apply(this.#frames.splice(0, fitting(this.#frames)));
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
    const { mirror, storage, term } = this.#options;
    return storage.use((db) =>
      term.write(db, async () => {
        const batch = await Batch.load(db, mirror.self, needsOf(frames, mirror.self));
        const watched = this.#watched(batch);
        for (const frame of frames) this.#applyFrame(batch, frame);
        // In the same transaction: a number of unread messages that comes and goes would flicker.
        // What is known of but not here yet has not been seen.
        for (const row of watched) batch.read(row, row.local?.to ?? 0);
        await batch.save();
        mirror.expect(batch.rows);
        return batch.outcome;
      }),
    );
  }

  /** Conversations that are read to their end, on the screen of somebody who looks. */
  #watched(batch: Batch): readonly ConversationRow[] {
    const { isKeptRead } = this.#options;
    const isRead = ({ readSeq, lastSeq, last }: ConversationRow): boolean =>
      readSeq >= Math.min(lastSeq, last?.order ?? lastSeq);
    return [...batch.rows].filter((row) => isRead(row) && isKeptRead(row.id));
  }

  #applyFrame(batch: Batch, frame: ServerFrame): void {
    switch (frame.type) {
      case 'events':
        applyEvents(batch, frame);
        break;
      case 'ack':
        applyAck(batch, frame);
        break;
      case 'heads':
        applyHeads(batch, frame, this.isFull);
        break;
      case 'head':
        applyHead(batch, frame.head, false);
        break;
      case 'marks':
        applyMarks(batch, frame);
        break;
      case 'users':
      case 'readers':
        for (const user of frame.users) batch.putUser(user);
        break;
      case 'ready':
        batch.putUser(frame.user);
        batch.policy = frame.policy;
        break;
      case 'bye':
      case 'error':
      case 'messages':
      case 'pong':
      case 'typing':
      case 'presence':
      case 'devices':
      case 'done':
        break;
    }
  }
}

/** How many of the frames one transaction takes. */
function fitting(frames: readonly ServerFrame[]): number {
  let events = 0;
  const most = Math.min(frames.length, FRAMES);
  for (const [index, frame] of frames.entries()) {
    if (index >= most || events >= EVENTS) return index;
    if (frame.type === 'events') events += frame.events.length;
  }
  return most;
}

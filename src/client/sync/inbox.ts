/**
 * Frames in the order of their arrival, applied to the database. Those that come while a transaction
 * runs wait and share the next one. Only when it is on disk does anybody hear of it, and is the
 * request that it answers settled.
 */
import type { Head } from '../../protocol/entities.js';
import { ImError } from '../../protocol/im-error.js';
import type { AckFrame, ServerFrame } from '../../protocol/server-frames.js';
import type { ConversationRow } from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Log } from '../log.js';
import { applyHead, applyHeads, applyMarks } from './apply-heads.js';
import { applyAck, applyEvents } from './apply-log.js';
import { Batch, type Needs, type Outcome, type Piece } from './batch.js';

export type InboxOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly log: Log;
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
    const { mirror, storage } = this.#options;
    return storage.use((db) =>
      db.write(async () => {
        const batch = await Batch.load(db, mirror.self, needsOf(frames));
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
    return [...batch.rows].filter((row) => row.readSeq >= row.lastSeq && isKeptRead(row.id));
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
        for (const user of frame.users) batch.putUser(user);
        break;
      case 'ready':
        batch.putUser(frame.user);
        break;
      case 'bye':
      case 'error':
      case 'pong':
      case 'typing':
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

/** What the frames look at, so that it can be read at once. */
function needsOf(frames: readonly ServerFrame[]): Needs {
  const conversations = new Set<string>();
  const acks: AckFrame[] = [];
  const compared: Piece[] = [];
  const addHead = ({ conversation, last }: Head): void => {
    conversations.add(conversation);
    if (last) compared.push({ conversation, from: last.seq, to: last.seq });
  };
  for (const frame of frames) {
    if (frame.type === 'heads') frame.heads.forEach(addHead);
    else if (frame.type === 'head') addHead(frame.head);
    else if (frame.type === 'ack') acks.push(frame);
    else if (frame.type === 'events' && frame.id !== undefined) compared.push(frame);
    if ('conversation' in frame) conversations.add(frame.conversation);
  }
  return { conversations, acks, compared };
}

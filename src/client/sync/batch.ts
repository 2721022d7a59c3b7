/**
 * Working copies of what one transaction changes: `load()` reads all that its frames need, applying
 * them touches no store, and `save()` writes it all. Nothing is awaited in between, because Dexie
 * lets go of a transaction in which too many promises settle without a request to the store.
 */
import type { LogEvent } from '../../protocol/entities.js';
import { SYSTEM_USER } from '../../protocol/ids.js';
import { LIMITS } from '../../protocol/limits.js';
import type { EventsFrame } from '../../protocol/server-frames.js';
import {
  newConversation,
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
  type OutboxRow,
  type UserRow,
} from '../database/database.js';
import { entriesOf, messagesBetween, settle } from '../outbox-rows.js';

/** What a transaction has brought, for those who act on it once it is on the device. */
export class Outcome {
  /** Messages of others that have just been written. */
  readonly arrived: MessageRow[] = [];
  /** Own messages that have come back, and wait no more. */
  readonly sent: MessageRow[] = [];
  /** Conversations whose log on the server is ahead, and by how far at least. */
  readonly behind: Map<string, number> = new Map();
  /** Conversations that the server has to describe. */
  readonly unknown: Set<string> = new Set();
  /** Conversations whose marks the server should hear of. */
  readonly toMark: Set<string> = new Set();
}

/** What has to be read before the frames can be applied. */
export type Needs = {
  readonly conversations: ReadonlySet<string>;
  /** Own messages that the server has acknowledged. */
  readonly acks?: readonly Pick<OutboxRow, 'conversation' | 'clientId'>[];
  /** Pieces of logs whose newest common event is compared with the stored one. */
  readonly compared?: readonly Piece[];
};

export type Piece = Pick<EventsFrame, 'conversation' | 'from' | 'to'>;

export class Batch {
  readonly outcome: Outcome = new Outcome();
  readonly db: Database;
  readonly self: string;
  /** How far the heads of this batch bring the device. */
  cursor: string | undefined;
  readonly #rows: Map<string, ConversationRow> = new Map();
  /** Rows of the outbox by `keyOf`. */
  readonly #entries: Map<string, OutboxRow> = new Map();
  /** What is stored in the places to be compared, by `keyOf`; only within stored pieces. */
  readonly #compared: Map<string, MessageRow | undefined> = new Map();
  #messages: MessageRow[] = [];
  #returned: MessageRow[] = [];
  readonly #forgotten: Set<string> = new Set();
  readonly #trimmed: Map<string, number> = new Map();
  readonly #recounted: Set<ConversationRow> = new Set();
  readonly #users: Map<string, UserRow> = new Map();

  private constructor(db: Database, self: string) {
    this.db = db;
    this.self = self;
  }

  /** Reads what is needed; called within the transaction that `save()` ends. */
  static async load(db: Database, self: string, needs: Needs): Promise<Batch> {
    const batch = new Batch(db, self);
    const { conversations, acks = [], compared = [] } = needs;
    if (conversations.size) await batch.#loadRows([...conversations]);
    if (acks.length) {
      for (const entry of await entriesOf(db, acks)) {
        batch.#entries.set(keyOf(entry.conversation, entry.clientId), entry);
      }
    }
    if (compared.length) await batch.#loadCompared(compared);
    return batch;
  }

  /** The conversation as it stands within this batch, to be changed in place. */
  conversation(id: string): ConversationRow | undefined {
    return this.#rows.get(id);
  }

  /** Like `conversation`, made when it is not known yet. */
  conversationOrNew(id: string, activeAt: number): ConversationRow {
    const row = this.#rows.get(id) ?? newConversation(id, activeAt);
    this.#rows.set(id, row);
    return row;
  }

  /** The outbox row of an acknowledged message. */
  entry(conversation: string, clientId: string): OutboxRow | undefined {
    return this.#entries.get(keyOf(conversation, clientId));
  }

  /** Whether another event than this one is stored in its place. */
  differs(conversation: string, { seq, clientId }: LogEvent): boolean {
    // As with every event that has just happened.
    if (this.#compared.size === 0) return false;
    const key = keyOf(conversation, seq);
    return this.#compared.has(key) && this.#compared.get(key)?.clientId !== clientId;
  }

  putMessages(rows: readonly MessageRow[]): void {
    // Not by spread: a page may hold more rows than a call may have arguments.
    for (const row of rows) this.#messages.push(row);
  }

  putUser(user: UserRow): void {
    this.#users.set(user.id, user);
  }

  /** An own message has come back: it leaves the outbox in the transaction that stores it. */
  putReturned(message: MessageRow): void {
    this.#returned.push(message);
  }

  /** Throws away the stored log of a conversation, and what this batch has brought of it. */
  forgetMessages(conversation: string): void {
    const isOther = (message: MessageRow): boolean => message.conversation !== conversation;
    this.#forgotten.add(conversation);
    this.#messages = this.#messages.filter(isOther);
    this.#returned = this.#returned.filter(isOther);
  }

  /** The oldest messages of a conversation go; what is unread is counted again at the end. */
  trimMessages(row: ConversationRow, upTo: number): void {
    this.#trimmed.set(row.id, upTo);
    this.#recounted.add(row);
    this.#messages = this.#messages.filter(
      ({ conversation, order }) => conversation !== row.id || order > upTo,
    );
  }

  /** Moves the own read mark up; what is unread is counted again at the end. */
  read(row: ConversationRow, seq: number): boolean {
    const readSeq = Math.min(seq, row.lastSeq);
    if (readSeq <= row.readSeq) return false;
    row.readSeq = readSeq;
    this.#recounted.add(row);
    return true;
  }

  /** Whether a message counts as unread when it comes. */
  isUnread({ sender, kind }: Pick<MessageRow, 'sender' | 'kind'>): boolean {
    return sender !== this.self && sender !== SYSTEM_USER && kind !== 'system';
  }

  /** The conversations that have been looked at, as they are saved. */
  get rows(): Iterable<ConversationRow> {
    return this.#rows.values();
  }

  async save(): Promise<void> {
    const { db } = this;
    for (const id of this.#forgotten) await messagesBetween(db, id, 0, PENDING - 1).delete();
    for (const [id, upTo] of this.#trimmed) await messagesBetween(db, id, 0, upTo).delete();
    const [first] = this.#messages;
    if (first && this.#messages.length === 1) await db.messages.put(first);
    else if (first) await db.messages.bulkPut(this.#messages);
    await this.#settle();
    for (const row of this.#recounted) row.unread = await this.#countUnread(row);
    if (this.#rows.size) await db.conversations.bulkPut([...this.#rows.values()]);
    if (this.#users.size) await db.users.bulkPut([...this.#users.values()]);
    if (this.cursor !== undefined) await db.meta.put({ key: 'cursor', value: this.cursor });
  }

  async #loadRows(ids: readonly string[]): Promise<void> {
    const { conversations } = this.db;
    const [only] = ids;
    const rows =
      only !== undefined && ids.length === 1
        ? [await conversations.get(only)]
        : await conversations.bulkGet([...ids]);
    for (const row of rows) if (row) this.#rows.set(row.id, row);
  }

  async #loadCompared(pieces: readonly Piece[]): Promise<void> {
    const places: [string, number][] = [];
    for (const { conversation, from, to } of pieces) {
      const local = this.#rows.get(conversation)?.local;
      const place = Math.min(to, local?.to ?? 0);
      if (local && place >= Math.max(from, local.from)) places.push([conversation, place]);
    }
    if (places.length === 0) return;
    const stored = await this.db.messages.bulkGet(places);
    for (const [index, [conversation, seq]] of places.entries()) {
      this.#compared.set(keyOf(conversation, seq), stored[index]);
    }
  }

  async #settle(): Promise<void> {
    for (const id of new Set(this.#returned.map(({ conversation }) => conversation))) {
      const own = this.#returned.filter(({ conversation }) => conversation === id);
      const known = own.flatMap(({ clientId }) => this.entry(id, clientId) ?? []);
      const row = this.#rows.get(id);
      // Without anything that waits there is nothing to take away.
      if (!row || (!row.pending && known.length === 0)) continue;
      for (const message of await settle(this.db, row, own, known)) this.outcome.sent.push(message);
    }
  }

  async #countUnread(row: ConversationRow): Promise<number> {
    const { id, lastSeq, local, unread } = row;
    // What was never read and is gone is unread no more.
    const after = Math.max(row.readSeq, row.trimmed ?? 0);
    if (after >= lastSeq || unread === 0) return 0;
    if (!local || local.from > after + 1 || local.to < lastSeq) {
      // The server tells the exact number with the next head.
      return Math.min(unread, lastSeq - after);
    }
    const others = messagesBetween(this.db, id, after + 1, lastSeq).filter((message) =>
      this.isUnread(message),
    );
    return others.limit(LIMITS.unreadCap).count();
  }
}

function keyOf(conversation: string, place: string | number): string {
  return `${conversation} ${place}`;
}

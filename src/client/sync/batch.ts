/**
 * Working copies of what one transaction changes. Every frame of the transaction sees what those
 * before it have done; `save()` writes it all.
 */
import { SYSTEM_USER } from '../../protocol/ids.js';
import { LIMITS } from '../../protocol/limits.js';
import {
  newConversation,
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
  type UserRow,
} from '../database/database.js';

/** What a transaction has brought, for those who act on it once it is on the device. */
export class Outcome {
  /** Messages of others that have just been written. */
  readonly arrived: MessageRow[] = [];
  /** Own messages whose outbox rows went. */
  readonly sent: MessageRow[] = [];
  /** Conversations whose log on the server is ahead, and by how far at least. */
  readonly behind: Map<string, number> = new Map();
  /** Conversations that the server has to describe. */
  readonly unknown: Set<string> = new Set();
  /** Conversations whose marks the server should hear of. */
  readonly toMark: Set<string> = new Set();
}

export class Batch {
  readonly outcome: Outcome = new Outcome();
  readonly db: Database;
  readonly self: string;
  readonly #rows: Map<string, ConversationRow> = new Map();
  #messages: MessageRow[] = [];
  readonly #users: Map<string, UserRow> = new Map();

  constructor(db: Database, self: string) {
    this.db = db;
    this.self = self;
  }

  /** The conversation as it stands within this batch, to be changed in place. */
  async conversation(id: string): Promise<ConversationRow | undefined> {
    const row = this.#rows.get(id) ?? (await this.db.conversations.get(id));
    if (row) this.#rows.set(id, row);
    return row;
  }

  /** Like `conversation`, made when it is not known yet. */
  async conversationOrNew(id: string, activeAt: number): Promise<ConversationRow> {
    const row = (await this.conversation(id)) ?? newConversation(id, activeAt);
    this.#rows.set(id, row);
    return row;
  }

  putMessages(rows: readonly MessageRow[]): void {
    // Not by spread: a page may hold more rows than a call may have arguments.
    for (const row of rows) this.#messages.push(row);
  }

  putUser(user: UserRow): void {
    this.#users.set(user.id, user);
  }

  /** Messages must be written before they can be read again. */
  async flushMessages(): Promise<void> {
    const rows = this.#messages;
    this.#messages = [];
    if (rows.length === 1 && rows[0]) await this.db.messages.put(rows[0]);
    else if (rows.length) await this.db.messages.bulkPut(rows);
  }

  /** The conversations that have been looked at, as they are saved. */
  get rows(): Iterable<ConversationRow> {
    return this.#rows.values();
  }

  async save(): Promise<void> {
    await this.flushMessages();
    if (this.#rows.size) await this.db.conversations.bulkPut([...this.#rows.values()]);
    if (this.#users.size) await this.db.users.bulkPut([...this.#users.values()]);
  }

  /** Messages with `from <= order <= to`, in order. */
  messages(
    conversation: string,
    from: number,
    to: number,
  ): ReturnType<Database['messages']['toCollection']> {
    const { messages } = this.db;
    return messages
      .where('[conversation+order]')
      .between([conversation, from], [conversation, to], true, true);
  }

  /** Moves the own read mark up, and counts again what is unread. */
  async read(row: ConversationRow, seq: number): Promise<boolean> {
    const readSeq = Math.min(seq, row.lastSeq);
    if (readSeq <= row.readSeq) return false;
    row.readSeq = readSeq;
    row.unread = await this.#countUnread(row);
    return true;
  }

  async #countUnread(row: ConversationRow): Promise<number> {
    const { id, readSeq, lastSeq, local, unread } = row;
    if (readSeq >= lastSeq || unread === 0) return 0;
    if (!local || local.from > readSeq + 1 || local.to < lastSeq) {
      // The server tells the exact number with the next head.
      return Math.min(unread, lastSeq - readSeq);
    }
    await this.flushMessages();
    const others = this.messages(id, readSeq + 1, lastSeq).filter((message) =>
      this.isUnread(message),
    );
    return others.limit(LIMITS.unreadCap).count();
  }

  /** Whether a message counts as unread when it comes. */
  isUnread({ sender, kind }: Pick<MessageRow, 'sender' | 'kind'>): boolean {
    return sender !== this.self && sender !== SYSTEM_USER && kind !== 'system';
  }

  /** Takes a message without `seq` away, with whatever the conversation remembers of it. */
  async removePending(row: ConversationRow, order: number): Promise<void> {
    await this.db.messages.delete([row.id, order]);
    row.pendingRevision++;
    if (row.pending?.order === order) row.pending = await this.newestPending(row.id);
  }

  newestPending(conversation: string): Promise<MessageRow | undefined> {
    return this.messages(conversation, PENDING, Infinity).last();
  }
}

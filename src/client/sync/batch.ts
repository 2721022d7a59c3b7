/**
 * Working copies of what one transaction changes: `load()` reads all that its frames need, applying
 * them touches no store, and `save()` writes it all. Nothing is awaited in between, because Dexie
 * lets go of a transaction in which too many promises settle without a request to the store.
 */
import { targetOf } from '../../protocol/changes.js';
import type { LogEvent, Policy } from '../../protocol/entities.js';
import { selfId } from '../../protocol/ids.js';
import type { EventsFrame } from '../../protocol/server-frames.js';
import { contentOf } from '../changes/apply-changes.js';
import { Folds, type FoldNeeds } from '../changes/folds.js';
import { registerOf, showRegister } from '../changes/own.js';
import { isPreviewMoved, noteShown } from '../changes/shown.js';
import { isUnread } from '../changes/standing.js';
import {
  newConversation,
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
  type OutboxRow,
  type RegisterKey,
  type UserRow,
} from '../database/database.js';
import { removeUpTo } from './apply-trim.js';
import { Outcome } from './outcome.js';
import { countUnread } from './count-unread.js';
import { changesBetween, messagesBetween } from '../database/between.js';
import { entriesOf, settle } from '../outbox/outbox-rows.js';

/** What has to be read before the frames can be applied. */
export type Needs = {
  readonly conversations: ReadonlySet<string>;
  /** Own messages that the server has acknowledged. */
  readonly acks?: readonly Returned[];
  /** Own changes that have come through the log. */
  readonly returned?: readonly Returned[];
  readonly folds?: FoldNeeds;
  /** Pieces of logs whose newest common event is compared with the stored one. */
  readonly compared?: readonly Piece[];
};

export type Returned = Pick<OutboxRow, 'conversation' | 'clientId'>;

export type Piece = Pick<EventsFrame, 'conversation' | 'from' | 'to'>;

export class Batch {
  readonly outcome: Outcome = new Outcome();
  readonly db: Database;
  readonly self: string;
  readonly folds: Folds = new Folds();
  /** How far the heads of this batch bring the device. */
  cursor: string | undefined;
  /** What the server allows, when it has said so. */
  policy: Policy | undefined;
  /** Pieces that were put before others, whose changes are known already. */
  readonly prepended: Piece[] = [];
  readonly #rows: Map<string, ConversationRow> = new Map();
  /** Rows of the outbox by `keyOf`. */
  readonly #entries: Map<string, OutboxRow> = new Map();
  /** What is stored in the places to be compared, by `keyOf`; only within stored pieces. */
  readonly #compared: Map<string, MessageRow | undefined> = new Map();
  #messages: MessageRow[] = [];
  /** Each once, although an acknowledgement and the log may both bring it; by `keyOf`. */
  readonly #returned: Map<string, MessageRow> = new Map();
  readonly #forgotten: Set<string> = new Set();
  readonly #trimmed: Map<string, number> = new Map();
  #isSelfForgotten = false;
  readonly #recounted: Set<ConversationRow> = new Set();
  readonly #users: Map<string, UserRow> = new Map();

  private constructor(db: Database, self: string) {
    this.db = db;
    this.self = self;
  }

  /** Reads what is needed; called within the transaction that `save()` ends. */
  static async load(db: Database, self: string, needs: Needs): Promise<Batch> {
    const batch = new Batch(db, self);
    const { conversations, compared = [] } = needs;
    if (conversations.size) await batch.#loadRows([...conversations]);
    await batch.#loadEntries(needs);
    await batch.#loadFolds(needs.folds);
    if (compared.length) await batch.#loadCompared(compared);
    return batch;
  }

  /** The conversation as it stands within this batch, to be changed in place. */
  conversation(id: string): ConversationRow | undefined {
    return this.#rows.get(id);
  }

  /** Like `conversation`, made when it is not known yet. */
  conversationOrNew(id: string, activeAt: number): ConversationRow {
    const known = this.#rows.get(id);
    if (known) return known;
    const row = newConversation(id, activeAt);
    for (const register of this.folds.registersOf(id)) showRegister(row, register);
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
    this.#returned.set(keyOf(message.conversation, message.clientId), message);
  }

  /** Throws away the stored log of a conversation, and what this batch has brought of it. */
  forgetMessages(conversation: string): void {
    const isOther = (message: MessageRow): boolean => message.conversation !== conversation;
    this.#forgotten.add(conversation);
    this.#messages = this.#messages.filter(isOther);
    for (const [key, message] of this.#returned) {
      if (!isOther(message)) this.#returned.delete(key);
    }
    const isSelf = conversation === selfId(this.self);
    this.folds.forget(conversation, isSelf);
    if (isSelf) for (const row of this.#rows.values()) delete row.own;
    this.#isSelfForgotten ||= isSelf;
  }

  /** The oldest messages of a conversation go; what is unread is counted again at the end. */
  trimMessages(row: ConversationRow, upTo: number): void {
    this.#trimmed.set(row.id, upTo);
    this.outcome.trimmed.add(row.id);
    this.#recounted.add(row);
    this.#messages = this.#messages.filter(
      ({ conversation, order }) => conversation !== row.id || order > upTo,
    );
  }

  /**
   * Moves the own read mark up; what is unread is counted again at the end. Nobody waits for changes
   * to be read: whoever has read the newest message has read all.
   */
  read(row: ConversationRow, seq: number): boolean {
    const readSeq = seq >= (row.last?.order ?? Infinity) ? row.lastSeq : Math.min(seq, row.lastSeq);
    if (readSeq <= row.readSeq) return false;
    row.readSeq = readSeq;
    this.#recounted.add(row);
    return true;
  }

  /** Whether a message counts as unread when it comes. */
  isUnread(message: Pick<MessageRow, 'sender' | 'kind'>): boolean {
    return isUnread(message, this.self);
  }

  /** The conversations that have been looked at, as they are saved. */
  get rows(): Iterable<ConversationRow> {
    return this.#rows.values();
  }

  async save(): Promise<void> {
    const { db } = this;
    if (this.#isSelfForgotten)
      await db.conversations.toCollection().modify((row) => delete row.own);
    for (const id of this.#forgotten) await messagesBetween(db, id, 0, PENDING - 1).delete();
    const [first] = this.#messages;
    if (first && this.#messages.length === 1) await db.messages.put(first);
    else if (first) await db.messages.bulkPut(this.#messages);
    await this.#settle();
    await this.#blankPrepended();
    await this.folds.save(db);
    for (const [id, upTo] of this.#trimmed) await removeUpTo(db, id, upTo);
    for (const row of this.#recounted) row.unread = await countUnread(db, row, this.self);
    // Hardly ever one: what is awaited in a transaction costs, and a batch may have hundreds.
    for (const row of this.#rows.values()) if (isPreviewMoved(row)) await noteShown(db, row);
    if (this.#rows.size) await db.conversations.bulkPut([...this.#rows.values()]);
    if (this.#users.size) await db.users.bulkPut([...this.#users.values()]);
    if (this.cursor !== undefined) await db.meta.put({ key: 'cursor', value: this.cursor });
    if (this.policy) await db.meta.put({ key: 'policy', value: JSON.stringify(this.policy) });
  }

  /** Older messages may have been taken away by changes that came before them. */
  async #blankPrepended(): Promise<void> {
    for (const { conversation, from, to } of this.prepended) {
      if (!this.#rows.get(conversation)?.changesRevision) continue;
      const rows = await changesBetween(this.db, conversation, from, to).toArray();
      for (const { target, changes } of rows)
        if (changes.gone) this.folds.blank(conversation, target);
    }
  }

  async #loadRows(ids: readonly string[]): Promise<void> {
    const { conversations } = this.db;
    const [only] = ids;
    const rows =
      only !== undefined && ids.length === 1
        ? [await conversations.get(only)]
        : await conversations.bulkGet([...ids]);
    for (const row of rows) if (row) this.#rows.set(row.id, row);
    const fresh = ids.filter((id) => !this.#rows.has(id));
    if (fresh.length) await this.folds.loadRegistersOf(this.db, fresh);
  }

  async #loadEntries({ acks = [], returned = [] }: Needs): Promise<void> {
    const waiting = returned.filter(
      ({ conversation }) => this.#rows.get(conversation)?.waitingChanges,
    );
    if (acks.length + waiting.length === 0) return;
    for (const entry of await entriesOf(this.db, [...acks, ...waiting])) {
      this.#entries.set(keyOf(entry.conversation, entry.clientId), entry);
    }
  }

  /** Own changes say only in the outbox what they are about. */
  #loadFolds({ targets, registers }: FoldNeeds = { targets: [], registers: [] }): Promise<void> {
    const ownTargets: [string, number][] = [];
    const ownRegisters: RegisterKey[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.order !== undefined) continue;
      const content = contentOf(entry);
      const target = targetOf(content);
      const key = registerOf(content.body);
      if (target !== undefined) ownTargets.push([entry.conversation, target]);
      else if (key) ownRegisters.push(key);
    }
    return this.folds.load(this.db, {
      targets: [...targets, ...ownTargets],
      registers: [...registers, ...ownRegisters],
    });
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
    const returned = [...this.#returned.values()];
    for (const id of new Set(returned.map(({ conversation }) => conversation))) {
      const own = returned.filter(({ conversation }) => conversation === id);
      const known = own.flatMap(({ clientId }) => this.entry(id, clientId) ?? []);
      const row = this.#rows.get(id);
      // Without anything that waits there is nothing to take away.
      if (!row || (!row.pending && !row.waitingChanges && known.length === 0)) continue;
      for (const message of await settle(this.db, row, own, known)) this.outcome.sent.push(message);
    }
  }
}

function keyOf(conversation: string, place: string | number): string {
  return `${conversation} ${place}`;
}

/**
 * What is kept on the device, one database for each server and user.
 *
 * Two invariants: the stored log of a conversation is the contiguous piece `local.from … local.to`,
 * and every message that waits for the server has an outbox row, written and deleted together with it.
 * Every write to a conversation's messages also writes its row, so whoever watches the rows of
 * `conversations` misses nothing.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Mark, User } from '../../protocol/entities.js';
import type { ImErrorCode } from '../../protocol/im-error.js';
import type { IndexedDb } from '../environment.js';
import { MIGRATIONS, type Migration } from './migrations.js';

/** Orders of messages without a `seq` start here, so that they come last. */
export const PENDING: number = 2 ** 52;

export type MessageRow = {
  readonly conversation: string;
  /** The `seq`, or `PENDING` and more until the server has given one. */
  readonly order: number;
  readonly at: number;
  readonly sender: string;
  readonly clientId: string;
  readonly kind: string;
  readonly body: unknown;
  /** For messages without a `seq`: what has become of it. */
  readonly pending?: 'queued' | 'sending' | { readonly failed: ImErrorCode };
};

/** A message that the server has not been seen to store yet. */
export type OutboxRow = {
  key: number;
  readonly conversation: string;
  readonly clientId: string;
  /** How many events of this device come before it in the conversation. */
  n: number;
  readonly kind: string;
  /** The body as it goes over the wire, the same bytes at every try. */
  readonly bodyJson: string;
  readonly at: number;
  /** The `order` of its message. */
  readonly order: number;
  /** It may have reached the server: it has been tried, or is about to be. */
  sent: boolean;
};

export type ConversationRow = {
  readonly id: string;
  name: string | undefined;
  avatarUrl: string | undefined;
  memberCount: number;
  activeAt: number;
  lastSeq: number;
  readSeq: number;
  unread: number;
  /** The other members' marks. */
  marks: readonly Mark[];
  /** The stored piece of the log; empty when `to` is `from - 1`, undefined before the first page. */
  local: { readonly from: number; readonly to: number } | undefined;
  /** Everything up to this `seq` is gone from the server's log. */
  trimmed?: number;
  /** Raised whenever the stored log was thrown away because the server has another one. */
  logRevision?: number;
  /** Nothing that this user may see lies before `local.from`. */
  complete: boolean;
  /** The newest event, stored as a message or not. */
  last: MessageRow | undefined;
  /** The newest message without a `seq`. */
  pending: MessageRow | undefined;
  /** Raised whenever a message without a `seq` is written or goes. */
  pendingRevision: number;
  /** The `n` of the next message. */
  nextN: number;
  draft: string;
  /** The server has this conversation; false for one opened here that it has not heard of. */
  onServer: boolean;
};

export type UserRow = User;

/** `moved`: what the outbox holds comes from another database, and may be on the server already. */
export type MetaRow = { readonly key: 'device' | 'cursor' | 'moved'; readonly value: string };

export class Database extends Dexie {
  readonly messages: Table<MessageRow, [string, number]>;
  readonly outbox: EntityTable<OutboxRow, 'key'>;
  readonly conversations: Table<ConversationRow, string>;
  readonly users: Table<UserRow, string>;
  readonly meta: Table<MetaRow, MetaRow['key']>;

  /** @param migrations - What makes the tables; another list only in tests. */
  constructor(name: string, idb: IndexedDb, migrations: readonly Migration[] = MIGRATIONS) {
    // Live values re-read the rows that changed by themselves, so Dexie's query cache would only cost.
    // Opened by hand: a database that was closed under us may have been emptied, which has to be seen.
    super(name, { ...idb, cache: 'disabled', autoOpen: false });
    for (const { version, stores, upgrade } of migrations) {
      const step = this.version(version).stores(stores);
      if (upgrade) step.upgrade(upgrade);
    }
    this.messages = this.table('messages');
    this.outbox = this.table('outbox');
    this.conversations = this.table('conversations');
    this.users = this.table('users');
    this.meta = this.table('meta');
  }

  /** One read-write transaction over everything. */
  write<T>(work: () => Promise<T>): Promise<T> {
    return this.transaction('rw', this.tables, work);
  }
}

/** A conversation that this device has just heard of. */
export function newConversation(id: string, activeAt: number): ConversationRow {
  return {
    id,
    name: undefined,
    avatarUrl: undefined,
    memberCount: 2,
    activeAt,
    lastSeq: 0,
    readSeq: 0,
    unread: 0,
    marks: [],
    local: undefined,
    complete: false,
    last: undefined,
    pending: undefined,
    pendingRevision: 0,
    nextN: 0,
    draft: '',
    onServer: false,
  };
}

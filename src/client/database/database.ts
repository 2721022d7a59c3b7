/**
 * What is kept on the device, one database for each server and user.
 *
 * Two invariants: the stored log of a conversation is the contiguous piece `local.from … local.to`,
 * and everything that waits for the server has an outbox row, written and deleted together with what
 * shows of it: a message without a `seq`, or an entry in the `pending` of what it changes.
 * Every write to a conversation's messages also writes its row, so whoever watches the rows of
 * `conversations` misses nothing.
 */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { Changes, ChangeKind } from '../../protocol/changes.js';
import type { Mark, Pinned, User } from '../../protocol/entities.js';
import type { ImErrorCode } from '../../protocol/im-error.js';
import type { IndexedDb } from '../environment.js';
import type { Attention, Folder, RegisterName, RegisterValues } from '../../protocol/registers.js';
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

/** A change that this device has made and that has not come back through the log. */
export type PendingChange = {
  readonly clientId: string;
  readonly at: number;
  readonly kind: ChangeKind;
  readonly body: unknown;
};

/** What has become of one message, as far as the stored piece of the log tells. */
export type ChangesRow = {
  readonly conversation: string;
  readonly target: number;
  changes: Changes;
  pending: readonly PendingChange[];
};

/** One thing that this person keeps for themselves. */
export type RegisterRow = {
  readonly name: RegisterName;
  /** Empty for folders. */
  readonly conversation: string;
  /** The `seq` of a message, the id of a folder, or empty. */
  readonly item: number | string;
  /** Of the event that set `value`; 0 before the first. */
  seq: number;
  value: RegisterValues[RegisterName];
  pending: readonly { readonly clientId: string; readonly value: RegisterRow['value'] }[];
};

/** A message or a change that the server has not been seen to store yet. */
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
  /** The `order` of its message; absent when it changes something instead. */
  readonly order?: number;
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
  /** The newest message, stored or not. */
  last: MessageRow | undefined;
  /** What has become of it. */
  lastChanges?: Changes | undefined;
  lastPending?: ChangesRow['pending'] | undefined;
  /** The newest message that is shown, where this person has removed the newest of all. */
  shown?: Pick<ConversationRow, 'last' | 'lastChanges' | 'lastPending'>;
  /** The pinned messages, as of `lastSeq`. */
  pins?: readonly Pinned[];
  /** The newest message without a `seq`. */
  pending: MessageRow | undefined;
  /** Raised whenever a message without a `seq` is written or goes. */
  pendingRevision: number;
  /** The `n` of the next message. */
  nextN: number;
  draft: string;
  /** The draft is newer than its register: it is still to be told to the other devices. */
  draftWaits?: boolean;
  /** How many changes of this conversation are in the outbox. */
  waitingChanges?: number;
  /** Raised whenever a row of `changes`, or one of `registers` about a message of it, is written. */
  changesRevision?: number;
  /** What this person keeps about the conversation. */
  own?: Own;
  /** All folders, on the row of the personal log. */
  folders?: readonly (Folder & { readonly id: string })[];
  /** The server has this conversation; false for one opened here that it has not heard of. */
  onServer: boolean;
};

export type RegisterKey = [RegisterName, string, number | string];

/** The registers of a conversation, as they are shown; empty ones are left out. */
export type Own = {
  readonly pinned?: number;
  readonly attention?: Attention;
  readonly hidden?: number;
  readonly unread?: boolean;
  readonly folders?: readonly string[];
  /** The greatest `seq` of a message that is not shown to this person any more. */
  readonly removed?: number;
};

export type UserRow = User;

/**
 * `moved`: what the outbox holds comes from another database, and may be on the server already.
 * `policy` is what the server allows, as JSON. `term` counts the tabs that have led, `lease` is the lock where there are no others (`tabs/`).
 */
export type MetaRow = {
  readonly key: 'device' | 'cursor' | 'moved' | 'policy' | 'term' | 'lease';
  readonly value: string;
};

export class Database extends Dexie {
  readonly messages: Table<MessageRow, [string, number]>;
  readonly outbox: EntityTable<OutboxRow, 'key'>;
  readonly conversations: Table<ConversationRow, string>;
  readonly changes: Table<ChangesRow, [string, number]>;
  readonly registers: Table<RegisterRow, RegisterKey>;
  readonly users: Table<UserRow, string>;
  readonly meta: Table<MetaRow, MetaRow['key']>;
  /** The page is frozen. Messages come all the same, but nothing that begins now would end. */
  isHalted = false;
  readonly #running: Set<IDBTransaction> = new Set();

  /** @param migrations - What makes the tables; another list only in tests. */
  constructor(name: string, idb: IndexedDb, migrations: readonly Migration[] = MIGRATIONS) {
    // Live values re-read the rows that changed by themselves, so Dexie's query cache would only cost.
    // Opened by hand: a database that was closed under us may have been emptied, which has to be seen.
    super(name, { ...idb, cache: 'disabled', autoOpen: false });
    for (const { version, stores, upgrade } of migrations) {
      const step = this.version(version).stores(stores);
      if (upgrade) step.upgrade(upgrade);
    }
    this.use({
      stack: 'dbcore',
      create: (core) => ({
        ...core,
        transaction: (...what) => {
          if (this.isHalted) throw new DOMException('The page is frozen.', 'AbortError');
          const transaction = core.transaction(...what);
          this.#track(transaction as IDBTransaction);
          return transaction;
        },
      }),
    });
    this.messages = this.table('messages');
    this.outbox = this.table('outbox');
    this.conversations = this.table('conversations');
    this.changes = this.table('changes');
    this.registers = this.table('registers');
    this.users = this.table('users');
    this.meta = this.table('meta');
  }

  /** One read-write transaction over everything. */
  write<T>(work: () => Promise<T>): Promise<T> {
    // Dexie keeps a transaction through all awaits only for a function that it sees to be async.
    return this.transaction('rw', this.tables, async () => work());
  }

  /** Aborts what is running: a frozen page would keep all other tabs waiting for it. */
  halt(): void {
    this.isHalted = true;
    for (const transaction of this.#running) {
      try {
        transaction.abort();
      } catch {
        // It is about to end anyway.
      }
    }
  }

  #track(transaction: IDBTransaction): void {
    this.#running.add(transaction);
    for (const end of ['complete', 'abort']) {
      transaction.addEventListener(end, () => this.#running.delete(transaction));
    }
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

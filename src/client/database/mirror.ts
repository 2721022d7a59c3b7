/**
 * The rows of `conversations` and `users` in memory, kept true by reading again exactly the rows that
 * a transaction of any tab has written. All that is shown follows from here, so the screen never
 * waits for a query and a change costs what it changes.
 */
import { Dexie, type ObservabilitySet } from 'dexie';
import type { Policy } from '../../protocol/entities.js';
import { selfId, SYSTEM_USER } from '../../protocol/ids.js';
import { LiveValue } from '../live-value.js';
import type { Log } from '../log.js';
import { toConversation, type People } from '../messages/present.js';
import { DEFAULT_POLICY } from './policy.js';
import type { Conversation, ConversationFolder, Live, Person } from '../public.js';
import type { ConversationRow, Database, MetaRow, UserRow } from './database.js';
import { collect, isStale, nothingStale, readRows, replaceRows, type Stale } from './stale-rows.js';

export type MirrorOptions = {
  readonly self: () => string;
  readonly log: Log;
  /** Asked for the profiles of people who are shown by their id. */
  readonly lookUp: (users: readonly string[]) => void;
};

export class Mirror implements People {
  readonly conversations: LiveValue<readonly Conversation[]> = new LiveValue();
  readonly totalUnread: LiveValue<number> = new LiveValue();
  readonly folders: LiveValue<readonly ConversationFolder[]> = new LiveValue();
  readonly policy: LiveValue<Policy> = new LiveValue(DEFAULT_POLICY);
  readonly #options: MirrorOptions;
  readonly #rows: Map<string, ConversationRow> = new Map();
  readonly #users: Map<string, UserRow> = new Map();
  readonly #people: Map<string, Person> = new Map();
  readonly #shown: Map<string, Conversation> = new Map();
  readonly #lives: Map<string, LiveValue<Conversation | undefined>> = new Map();
  readonly #listeners: Set<(ids: ReadonlySet<string> | 'all') => void> = new Set();
  #stale: { readonly conversations: Stale; readonly users: Stale } = nothingStale();
  #db: Database | undefined;
  #reading: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #expected: ReadonlyMap<string, ConversationRow> = new Map();

  constructor(options: MirrorOptions) {
    this.#options = options;
  }

  get self(): string {
    return this.#options.self();
  }

  /** Whether there is something to show. */
  get loaded(): boolean {
    return this.conversations.value !== undefined;
  }

  /**
   * Follows a database; what the one before said is forgotten once the new one is read. Rejects when it
   * cannot be read.
   */
  async follow(db: Database): Promise<void> {
    if (!this.#db) Dexie.on.storagemutated.subscribe(this.#onMutated);
    this.#db = db;
    this.#stale.conversations.all = this.#stale.users.all = true;
    await this.#read();
  }

  get deletedMark(): boolean {
    return this.policy.value?.deletedMark ?? true;
  }

  /** What the server allows, as it has last said to this tab or another one. */
  #takePolicy({ value }: Partial<MetaRow> = {}): void {
    if (value === undefined || value === JSON.stringify(this.policy.value)) return;
    const { deletedMark } = this;
    this.policy.set(JSON.parse(value) as Policy);
    if (this.deletedMark === deletedMark || !this.loaded) return;
    this.#show(new Set(this.#rows.keys()));
    for (const listener of [...this.#listeners]) listener('all');
  }

  /** What is stored cannot be read; until it can, there is nothing to show. */
  fail(error: unknown): void {
    if (this.loaded) return;
    this.#failure = { error };
    for (const live of [this.conversations, this.totalUnread, ...this.#lives.values()]) {
      live.fail(error);
    }
  }

  /** Reads conversations again that another tab has written, should the word of it be on its way. */
  async refresh(ids: Iterable<string>): Promise<void> {
    for (const id of ids) this.#stale.conversations.keys.add(id);
    await this.#read().catch(() => undefined);
  }

  /** Resolves when everything that has been written so far is read. */
  async settled(): Promise<void> {
    await this.#reading?.catch(() => undefined);
  }

  /**
   * A transaction is about to commit these rows: they need not be read again. Called within it; with
   * nothing once it has failed.
   */
  expect(rows: Iterable<ConversationRow>): void {
    this.#expected = new Map([...rows].map((row) => [row.id, row]));
  }

  stop(): void {
    Dexie.on.storagemutated.unsubscribe(this.#onMutated);
    this.#db = undefined;
  }

  row(id: string): ConversationRow | undefined {
    return this.#rows.get(id);
  }

  rows(): Iterable<ConversationRow> {
    return this.#rows.values();
  }

  users(): Iterable<UserRow> {
    return this.#users.values();
  }

  /** Calls `listener` with the ids of conversations that changed, or `all`, as when names did. */
  onChange(listener: (ids: ReadonlySet<string> | 'all') => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  conversation(id: string): Live<Conversation | undefined> {
    let live = this.#lives.get(id);
    if (!live) {
      live = this.loaded ? new LiveValue(this.#shown.get(id)) : new LiveValue();
      if (this.#failure && !this.loaded) live.fail(this.#failure.error);
      this.#lives.set(id, live);
    }
    return live;
  }

  readonly person = (id: string): Person => {
    let person = this.#people.get(id);
    if (!person) {
      const user = this.#users.get(id);
      if (!user && id !== SYSTEM_USER) this.#options.lookUp([id]);
      person = { id, name: user?.name ?? id, avatarUrl: user?.avatarUrl };
      this.#people.set(id, person);
    }
    return person;
  };

  /** Whether a person's profile is on this device. */
  knows(id: string): boolean {
    return this.#users.has(id);
  }

  readonly #onMutated = (parts: ObservabilitySet): void => {
    const db = this.#db;
    if (!db) return;
    if (parts[`idb://${db.name}/meta/`]) {
      db.meta.get('policy').then(
        (row) => this.#takePolicy(row),
        () => undefined,
      );
    }
    const { conversations, users } = this.#stale;
    const isChanged = [
      collect(parts[`idb://${db.name}/conversations/`], conversations),
      collect(parts[`idb://${db.name}/users/`], users),
    ].includes(true);
    if (!isChanged || this.#takeExpected()) return;
    this.#read().catch((error: unknown) => {
      // Whoever writes next notices that the database broke, and has it replaced.
      this.#options.log.error('mirror-read-failed', error);
    });
  };

  /** Takes the rows of the transaction that has just committed, when they are all that changed. */
  #takeExpected(): boolean {
    const { conversations, users } = this.#stale;
    const expected = this.#expected;
    this.#expected = new Map();
    // A reading that has begun may bring older rows, and has to be followed by a newer one.
    if (this.#reading || conversations.all || users.all || users.keys.size) return false;
    const rows = [...conversations.keys].map((id) => expected.get(id));
    if (rows.includes(undefined)) return false;
    this.#stale = nothingStale();
    this.#take({ conversations, users }, rows, []);
    return true;
  }

  /** Reads what is stale. One reading at a time; what comes up meanwhile is read by the next. */
  #read(): Promise<void> {
    this.#reading ??= this.#readAll().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #readAll(): Promise<void> {
    while (this.#db && !this.#db.isHalted && isStale(this.#stale)) {
      const stale = this.#stale;
      this.#stale = nothingStale();
      const db = this.#db;
      try {
        const [conversations, users, policy] = await readRows(db, stale);
        if (this.#db !== db) continue;
        this.#takePolicy(policy);
        this.#take(stale, conversations, users);
      } catch (error) {
        // A database that has been replaced meanwhile may fail; the new one is read from the start.
        if (this.#db === db) throw error;
      }
    }
  }

  #take(
    stale: { readonly conversations: Stale; readonly users: Stale },
    conversations: readonly (ConversationRow | undefined)[],
    users: readonly (UserRow | undefined)[],
  ): void {
    replaceRows(this.#rows, stale.conversations, conversations, ({ id }) => id);
    replaceRows(this.#users, stale.users, users, ({ id }) => id);
    const namesChanged = stale.users.all || stale.users.keys.size > 0;
    if (namesChanged) this.#forgetPeople(stale.users);
    const isAll = namesChanged || stale.conversations.all;
    const changed = isAll ? new Set(this.#rows.keys()) : stale.conversations.keys;
    if (isAll) for (const id of this.#shown.keys()) if (!this.#rows.has(id)) changed.add(id);
    this.#show(changed);
    for (const listener of [...this.#listeners]) listener(isAll ? 'all' : changed);
  }

  #forgetPeople({ all, keys }: Stale): void {
    for (const [id, { name, avatarUrl }] of [...this.#people]) {
      if (!all && !keys.has(id)) continue;
      const user = this.#users.get(id);
      const isSame = (user?.name ?? id) === name && user?.avatarUrl === avatarUrl;
      if (!isSame) this.#people.delete(id);
    }
  }

  #show(changed: ReadonlySet<string>): void {
    for (const id of changed) {
      const row = this.#rows.get(id);
      if (row && isShown(row)) this.#shown.set(id, toConversation(row, this));
      else this.#shown.delete(id);
    }
    const list = [...this.#shown.values()].filter(({ hidden }) => !hidden);
    list.sort(byPlace);
    this.conversations.set(list);
    this.totalUnread.set(list.reduce((sum, conversation) => sum + counted(conversation), 0));
    this.folders.set(this.#rows.get(selfId(this.self))?.folders ?? NO_FOLDERS);
    for (const [id, live] of this.#lives) live.set(this.#shown.get(id));
  }
}

/** A conversation made only to keep a counter or a draft of nothing is not worth a line. */
function isShown(row: ConversationRow): boolean {
  if (row.id.startsWith('self:')) return false;
  return row.onServer || row.pending !== undefined || row.id.startsWith('c2c:');
}

const NO_FOLDERS: readonly ConversationFolder[] = [];

function byPlace(one: Conversation, other: Conversation): number {
  const places = (one.pinned ?? Infinity) - (other.pinned ?? Infinity);
  // Two that are not on top give no number.
  return places || other.activeAt - one.activeAt || (one.id < other.id ? -1 : 1);
}

function counted({ attention, unread }: Conversation): number {
  return attention === 'all' || attention === 'count' ? unread : 0;
}

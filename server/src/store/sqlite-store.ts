/**
 * The log in one SQLite file: write-ahead log, synchronous FULL, locked for as long as it is open, so
 * that a second server on the same folder is refused.
 */
import { existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'libsql';
import type { LogEvent, Pinned, Standing, User } from '../../../src/protocol/entities.js';
import { ImError } from '../../../src/protocol/im-error.js';
import { attempt } from './attempt.js';
import { SqliteLog } from './sqlite-log.js';
import {
  toConversation,
  toMember,
  type ConversationRow,
  type HeadRow,
  type MemberRow,
} from './sqlite-rows.js';
import { SqliteDevices } from './sqlite-devices.js';
import { SqliteWriter } from './sqlite-writer.js';
import { Statements } from './statements.js';
import type {
  Commit,
  Stale,
  Totals,
  Store,
  StoredConversation,
  StoredHead,
  StoredMember,
} from './store.js';

const PROBE_FILE = 'im-kit.probe';
/** Room for a commit of an ordinary size. */
const PROBE_BYTES = 65_536;

/** Keys of conversations kept in memory; a few megabytes. */
const MOST_KEYS = 50_000;

export class SqliteStore implements Store {
  readonly devices: SqliteDevices;
  readonly #database: Database.Database;
  readonly #folder: string;
  readonly #writer: SqliteWriter;
  readonly #statements: Statements;
  readonly #log: SqliteLog;
  readonly #keys = new Map<string, number>();

  /** @param folder - Where the database is. */
  constructor(database: Database.Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
    this.#statements = new Statements(database);
    this.#log = new SqliteLog(this.#statements);
    this.devices = new SqliteDevices(database);
    this.#writer = new SqliteWriter(database, (id) => this.#existingKey(id), this.devices);
  }

  commit(commit: Commit): Promise<void> {
    return attempt(() => {
      try {
        this.#writer.commit(commit);
      } catch (error) {
        // Keys of conversations that this commit was to make are void again.
        for (const { conversation } of commit.conversations ?? []) {
          this.#keys.delete(conversation.id);
        }
        throw error;
      }
    });
  }

  probe(): Promise<void> {
    return attempt(() => {
      this.#takeRoom();
      this.#writer.probe();
    });
  }

  revision(): Promise<number> {
    return attempt(() => {
      const [row] = this.#all<{ revision: number }>('SELECT revision FROM standing');
      return row?.revision ?? 0;
    });
  }

  users(ids: readonly string[]): Promise<readonly User[]> {
    return attempt(() =>
      this.#all<{ id: string; name: string; avatar_url: string | null }>(
        'SELECT id, name, avatar_url FROM person WHERE id IN (SELECT value FROM json_each(?))',
        JSON.stringify(ids),
      ).map(({ id, name, avatar_url }) => ({
        id,
        name,
        ...(avatar_url !== null && { avatarUrl: avatar_url }),
      })),
    );
  }

  conversation(id: string): Promise<StoredConversation | undefined> {
    return attempt(() => {
      const [row] = this.#all<ConversationRow>('SELECT * FROM conversation WHERE id = ?', id);
      return row && toConversation(row);
    });
  }

  members(conversation: string): Promise<readonly StoredMember[]> {
    return attempt(() =>
      this.#all<MemberRow>(
        'SELECT person, joined_seq, delivered, read, receipt FROM member WHERE conversation = ?',
        this.#key(conversation),
      ).map(toMember),
    );
  }

  heads(user: string, after: number, limit: number): Promise<readonly StoredHead[]> {
    return attempt(() =>
      this.#all<HeadRow>(
        `SELECT c.*, m.person, m.joined_seq, m.delivered, m.read, m.receipt,
           (SELECT count(*) FROM member WHERE conversation = c.key) AS members
         FROM member m JOIN conversation c ON c.key = m.conversation
         WHERE m.person = ? AND c.revision > ? ORDER BY c.revision LIMIT ?`,
        user,
        after,
        limit,
      ).map((row) => ({
        conversation: toConversation(row),
        member: toMember(row),
        memberCount: row.members,
        last: this.#log.standing(row.key, [row.message_seq])[0],
      })),
    );
  }

  digest(user: string): Promise<Totals> {
    return attempt(() => {
      const [row] = this.#all<Totals>(
        `SELECT count(*) AS conversations, coalesce(sum(c.last_seq), 0) AS seqs,
           coalesce(sum(max(c.trimmed, m.joined_seq)), 0) AS trimmed
         FROM member m JOIN conversation c ON c.key = m.conversation WHERE m.person = ?`,
        user,
      );
      return row ?? { conversations: 0, seqs: 0, trimmed: 0 };
    });
  }

  range(
    conversation: string,
    after: number,
    upTo: number,
    limit: number,
  ): Promise<readonly LogEvent[]> {
    return attempt(() => this.#log.range(this.#key(conversation), after, upTo, limit));
  }

  standing(conversation: string, seqs: readonly number[]): Promise<readonly Standing[]> {
    return attempt(() => this.#log.standing(this.#key(conversation), seqs));
  }

  pins(conversation: string): Promise<readonly Pinned[]> {
    return attempt(() => this.#log.pins(this.#key(conversation)));
  }

  unread(
    conversation: string,
    user: string,
    after: number,
    upTo: number,
    cap: number,
  ): Promise<number> {
    return attempt(() => this.#log.unread(this.#key(conversation), user, after, upTo, cap));
  }

  stale(at: number, after: string, limit: number): Promise<Stale> {
    return attempt(() => {
      const looked = this.#statements.all<{ id: string }>(
        "SELECT id FROM conversation WHERE id > ? AND kind IN ('c2c', 'group') ORDER BY id LIMIT ?",
        after,
        limit,
      );
      const last = looked.at(-1)?.id;
      if (last === undefined) return { conversations: [], next: undefined };
      const rows = this.#statements.all<ConversationRow>(
        `SELECT c.* FROM conversation c JOIN event e ON e.conversation = c.key AND e.seq = c.trimmed + 1
         WHERE c.id > ? AND c.id <= ? AND c.kind IN ('c2c', 'group')
           AND e.at < ? AND e.seq < c.message_seq ORDER BY c.id`,
        after,
        last,
        at,
      );
      return {
        conversations: rows.map(toConversation),
        next: looked.length < limit ? undefined : last,
      };
    });
  }

  nextN(conversation: string, user: string, device: string): Promise<number> {
    return attempt(() => {
      const [row] = this.#all<{ next: number }>(
        'SELECT next FROM counter WHERE conversation = ? AND person = ? AND device = ?',
        this.#key(conversation),
        user,
        device,
      );
      return row?.next ?? 0;
    });
  }

  find(conversation: string, sender: string, clientId: string): Promise<LogEvent | undefined> {
    return attempt(() => this.#log.find(this.#key(conversation), sender, clientId));
  }

  close(): Promise<void> {
    return attempt(() => {
      this.#letGo();
      this.#statements.clear();
      this.#database.close();
    });
  }

  /** The log may have a corner left for a few bytes on a disk that has no room for messages. */
  #takeRoom(): void {
    const path = join(this.#folder, PROBE_FILE);
    try {
      writeFileSync(path, Buffer.alloc(PROBE_BYTES), { mode: 0o600, flush: true });
      rmSync(path);
    } catch (cause) {
      if (existsSync(path) && statSync(path).isFile()) rmSync(path);
      throw new ImError('server/store-unavailable', 'The disk refuses.', { cause });
    }
  }

  /**
   * Statements keep the connection, and so its lock, until they are collected: lets go by hand. A log
   * that was opened under the lock has to end before the lock can.
   */
  #letGo(): void {
    try {
      this.#database.exec('PRAGMA journal_mode = DELETE');
      this.#database.exec('PRAGMA locking_mode = NORMAL');
      this.#all('SELECT revision FROM standing');
    } catch {
      // A full disk, or none any more: what is in the log is safe there, and the next start finds it.
    }
  }

  /** The key of a conversation, or -1, which no row has. */
  #key(id: string): number {
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const [row] = this.#all<{ key: number }>('SELECT key FROM conversation WHERE id = ?', id);
    if (!row) return -1;
    if (this.#keys.size >= MOST_KEYS) this.#keys.clear();
    this.#keys.set(id, row.key);
    return row.key;
  }

  #existingKey(id: string): number {
    const key = this.#key(id);
    if (key < 0) throw new Error(`There is no conversation ${id}.`);
    return key;
  }

  #all<T>(sql: string, ...values: unknown[]): T[] {
    return this.#statements.all(sql, ...values);
  }
}

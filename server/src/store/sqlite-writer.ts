/** The writing half of the SQLite store: one commit is one transaction. */
import type Database from 'libsql';
import { ImError } from '../../../src/protocol/im-error.js';
import { isMessageKind } from '../../../src/protocol/changes.js';
import { checkTexts } from './check-texts.js';
import type { SqliteDevices } from './sqlite-devices.js';
import type {
  Blank,
  ChangeUpdate,
  Commit,
  MarkUpdate,
  NewConversation,
  NewEvent,
  Trim,
} from './store.js';

type Statement = Database.Statement;

export class SqliteWriter {
  readonly #database: Database.Database;
  readonly #keyOf: (conversation: string) => number;
  readonly #devices: SqliteDevices;
  readonly #putPerson: Statement;
  readonly #addConversation: Statement;
  readonly #addMember: Statement;
  readonly #addEvent: Statement;
  readonly #moveHead: Statement;
  readonly #putChange: Statement;
  readonly #blankBody: Statement;
  readonly #putCounter: Statement;
  readonly #putMark: Statement;
  readonly #touch: Statement;
  readonly #keepNames: Statement;
  readonly #forgetNames: Statement;
  readonly #findName: Statement;
  readonly #removeEvents: Statement;
  readonly #removeChanges: Statement;
  readonly #trim: Statement;
  readonly #putRevision: Statement;
  /** Whether anything has ever been removed for its age. */
  #hasFormer: boolean;

  /** @param keyOf - The key of a conversation that exists. */
  constructor(
    database: Database.Database,
    keyOf: (conversation: string) => number,
    devices: SqliteDevices,
  ) {
    this.#database = database;
    this.#devices = devices;
    this.#keyOf = keyOf;
    this.#putPerson = database.prepare(
      'INSERT INTO person (id, name, avatar_url) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, avatar_url = excluded.avatar_url',
    );
    this.#addConversation = database.prepare(
      'INSERT INTO conversation (id, kind, name, avatar_url, last_seq, message_seq, active_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#addMember = database.prepare('INSERT INTO member VALUES (?, ?, 0, 0, 0, 0)');
    this.#addEvent = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?)');
    this.#moveHead = database.prepare(
      `UPDATE conversation SET last_seq = ?, revision = ?,
         message_seq = coalesce(?, message_seq), active_at = coalesce(?, active_at) WHERE key = ?`,
    );
    this.#putChange = database.prepare(
      'INSERT INTO change VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET pin_seq = excluded.pin_seq, state = excluded.state',
    );
    this.#blankBody = database.prepare(
      "UPDATE event SET body = 'null' WHERE conversation = ? AND seq = ?",
    );
    this.#putCounter = database.prepare(
      'INSERT INTO counter VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET next = max(next, excluded.next)',
    );
    this.#putMark = database.prepare(
      'UPDATE member SET delivered = ?, read = ?, receipt = ? WHERE conversation = ? AND person = ?',
    );
    this.#touch = database.prepare('UPDATE conversation SET revision = ? WHERE key = ?');
    this.#keepNames = database.prepare(
      `INSERT INTO former SELECT conversation, at, seq, sender, client_id, kind FROM event
       WHERE conversation = ? AND seq <= ?`,
    );
    this.#forgetNames = database.prepare('DELETE FROM former WHERE conversation = ? AND at < ?');
    this.#findName = database.prepare(
      'SELECT 1 FROM former WHERE conversation = ? AND sender = ? AND client_id = ?',
    );
    this.#removeEvents = database.prepare('DELETE FROM event WHERE conversation = ? AND seq <= ?');
    this.#removeChanges = database.prepare(
      'DELETE FROM change WHERE conversation = ? AND target <= ?',
    );
    this.#trim = database.prepare(
      'UPDATE conversation SET trimmed = ?, revision = ? WHERE key = ?',
    );
    this.#putRevision = database.prepare('UPDATE standing SET revision = ?');
    this.#hasFormer = database.prepare('SELECT 1 FROM former LIMIT 1').get() !== undefined;
  }

  /**
   * Writes all of it, and returns once it is on disk.
   *
   * @throws ImError `message/id-reused`, `request/invalid`, or `server/store-unavailable`; nothing was kept.
   */
  commit(commit: Commit): void {
    checkTexts(commit);
    const { changes = [], blanks = [] } = commit;
    const { users = [], conversations = [], events = [], counters = [] } = commit;
    const { marks = [], trims = [] } = commit;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const { id, name, avatarUrl } of users) this.#putPerson.run(id, name, avatarUrl ?? null);
      for (const made of conversations) this.#add(made);
      this.#append(events);
      this.#change(changes, blanks);
      for (const { conversation, user, device, next } of counters) {
        this.#putCounter.run(this.#keyOf(conversation), user, device, next);
      }
      this.#raise(marks);
      this.#devices.write(commit);
      this.#remove(trims);
      this.#advance([
        ...conversations.map(({ conversation }) => conversation),
        ...[...events, ...marks, ...trims],
      ]);
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#rollBack();
      throw asStoreError(error);
    }
  }

  /** Writes down once more what stands there. @throws ImError `server/store-unavailable` */
  probe(): void {
    try {
      this.#database.exec('UPDATE standing SET revision = revision');
    } catch (error) {
      throw asStoreError(error);
    }
  }

  #add({ conversation, members }: NewConversation): void {
    const { id, kind, name, avatarUrl, lastSeq, messageSeq, activeAt, revision } = conversation;
    const row = [
      id,
      kind,
      name ?? null,
      avatarUrl ?? null,
      lastSeq,
      messageSeq,
      activeAt,
      revision,
    ];
    this.#addConversation.run(...row);
    const key = this.#keyOf(id);
    for (const person of members) this.#addMember.run(key, person);
  }

  #append(events: readonly NewEvent[]): void {
    // Many events of one batch move the same heads and counters: only the last of each is written.
    const heads = new Map<number, NewEvent>();
    const messages = new Map<number, NewEvent>();
    const counters = new Map<string, readonly [number, string, string, number]>();
    for (const made of events) {
      const { conversation, event, bodyJson, device, n } = made;
      const key = this.#keyOf(conversation);
      const { seq, at, sender, clientId, kind } = event;
      if (this.#hasFormer && this.#findName.get(key, sender, clientId)) throw idReused();
      this.#addEvent.run(key, seq, at, sender, clientId, kind, bodyJson);
      heads.set(key, made);
      if (isMessageKind(kind)) messages.set(key, made);
      if (device !== undefined) {
        counters.set(`${key} ${sender} ${device}`, [key, sender, device, n + 1]);
      }
    }
    for (const [key, { event, revision }] of heads) {
      const message = messages.get(key)?.event;
      this.#moveHead.run(event.seq, revision, message?.seq ?? null, message?.at ?? null, key);
    }
    for (const row of counters.values()) this.#putCounter.run(...row);
  }

  #change(changes: readonly ChangeUpdate[], blanks: readonly Blank[]): void {
    for (const { conversation, target, changes: state } of changes) {
      const pinSeq = state.pin?.on ? state.pin.seq : null;
      this.#putChange.run(this.#keyOf(conversation), target, pinSeq, JSON.stringify(state));
    }
    for (const { conversation, seqs } of blanks) {
      const key = this.#keyOf(conversation);
      for (const seq of seqs) this.#blankBody.run(key, seq);
    }
  }

  #raise(marks: readonly MarkUpdate[]): void {
    for (const { conversation, user, delivered, read, receipt, revision } of marks) {
      const key = this.#keyOf(conversation);
      this.#putMark.run(delivered, read, receipt, key, user);
      this.#touch.run(revision, key);
    }
  }

  #remove(trims: readonly Trim[]): void {
    this.#hasFormer ||= trims.length > 0;
    for (const { conversation, upTo, forgetBefore, revision } of trims) {
      const key = this.#keyOf(conversation);
      this.#keepNames.run(key, upTo);
      this.#forgetNames.run(key, forgetBefore);
      this.#removeEvents.run(key, upTo);
      this.#removeChanges.run(key, upTo);
      this.#trim.run(upTo, revision, key);
    }
  }

  #advance(made: readonly { readonly revision: number }[]): void {
    let highest = 0;
    for (const { revision } of made) highest = Math.max(highest, revision);
    if (highest > 0) this.#putRevision.run(highest);
  }

  #rollBack(): void {
    try {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // A transaction that the database has already given up.
    }
  }
}

function idReused(cause?: unknown): ImError {
  return new ImError('message/id-reused', 'The client id names another message already.', {
    cause,
  });
}

/** @returns the error that the core tells: a reused client id, or a disk that refuses. */
function asStoreError(error: unknown): ImError {
  if (error instanceof ImError) return error;
  const message = error instanceof Error ? error.message : '';
  if (/UNIQUE constraint failed: event\.conversation, event\.sender/.test(message)) {
    return idReused(error);
  }
  return new ImError('server/store-unavailable', 'The disk refuses.', { cause: error });
}

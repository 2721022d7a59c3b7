/** Reads the logs of the SQLite store. Conversations are named by their keys; -1 is none. */
import { QUIET_KINDS, type Changes } from '../../../src/protocol/changes.js';
import type { LogEvent, Pinned, Standing } from '../../../src/protocol/entities.js';
import { toPinned } from './pinned.js';
import { toEvent, toStanding, type EventRow, type StandingRow } from './sqlite-rows.js';
import type { Statements } from './statements.js';

const QUIET = QUIET_KINDS.map((kind) => `'${kind}'`).join(', ');

export class SqliteLog {
  readonly #statements: Statements;

  constructor(statements: Statements) {
    this.#statements = statements;
  }

  range(key: number, after: number, upTo: number, limit: number): readonly LogEvent[] {
    return this.#statements
      .all<EventRow>(
        `SELECT seq, at, sender, client_id, kind, body FROM event
         WHERE conversation = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?`,
        ...[key, after, upTo, limit],
      )
      .map(toEvent);
  }

  standing(key: number, seqs: readonly number[]): readonly Standing[] {
    return this.#statements
      .all<StandingRow>(
        `SELECT e.seq, e.at, e.sender, e.client_id, e.kind, e.body, c.state
         FROM event e LEFT JOIN change c ON c.conversation = e.conversation AND c.target = e.seq
         WHERE e.conversation = ? AND e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.seq`,
        ...[key, JSON.stringify(seqs)],
      )
      .map(toStanding);
  }

  pins(key: number): readonly Pinned[] {
    const rows = this.#statements.all<{ target: number; state: string }>(
      'SELECT target, state FROM change WHERE conversation = ? AND pin_seq IS NOT NULL',
      key,
    );
    return toPinned(rows.map(({ target, state }) => [target, JSON.parse(state) as Changes]));
  }

  unread(key: number, user: string, after: number, upTo: number, cap: number): number {
    const [row] = this.#statements.all<{ unread: number }>(
      `SELECT count(*) AS unread FROM (SELECT 1 FROM event
       WHERE conversation = ? AND seq > ? AND seq <= ? AND sender <> ?
         AND kind NOT IN (${QUIET}) LIMIT ?)`,
      ...[key, after, upTo, user, cap],
    );
    return row?.unread ?? 0;
  }

  find(key: number, sender: string, clientId: string): LogEvent | undefined {
    const [row] = this.#statements.all<EventRow>(
      `SELECT seq, at, sender, client_id, kind, body FROM event
       WHERE conversation = ? AND sender = ? AND client_id = ?`,
      ...[key, sender, clientId],
    );
    if (row) return toEvent(row);
    const [former] = this.#statements.all<EventRow>(
      `SELECT seq, at, sender, client_id, kind, 'null' AS body FROM former
       WHERE conversation = ? AND sender = ? AND client_id = ?`,
      ...[key, sender, clientId],
    );
    return former && toEvent(former);
  }
}

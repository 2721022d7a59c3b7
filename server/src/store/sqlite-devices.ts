/** The tables of devices and of who may hear of whom, in SQLite. */
import type Database from 'libsql';
import type { Platform } from '../../../src/protocol/entities.js';
import { attempt } from './attempt.js';
import type { Commit, DeviceStore, StoredDevice } from './store.js';

type Statement = Database.Statement;

type DeviceRow = {
  readonly id: string;
  readonly label: string | null;
  readonly platform: Platform;
  readonly created_at: number;
  readonly seen_at: number;
  readonly hidden: number;
  readonly signed_out_at: number | null;
};

const toDevice = (row: DeviceRow): StoredDevice => ({
  id: row.id,
  label: row.label ?? undefined,
  platform: row.platform,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  hidden: row.hidden === 1,
  signedOutAt: row.signed_out_at ?? undefined,
});

export class SqliteDevices implements DeviceStore {
  readonly #put: Statement;
  readonly #signOut: Statement;
  readonly #forget: Statement;
  readonly #revoke: Statement;
  readonly #all: Statement;
  readonly #one: Statement;
  readonly #revokedBefore: Statement;
  readonly #lastSeen: Statement;
  readonly #acquainted: Statement;

  constructor(database: Database.Database) {
    this.#put = database.prepare(
      `INSERT INTO device (person, id, label, platform, created_at, seen_at, hidden)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, id) DO UPDATE SET label = excluded.label,
       platform = excluded.platform, seen_at = excluded.seen_at, hidden = excluded.hidden`,
    );
    this.#signOut = database.prepare(
      'UPDATE device SET signed_out_at = ? WHERE person = ? AND id = ?',
    );
    this.#forget = database.prepare('DELETE FROM device WHERE person = ? AND id = ?');
    this.#revoke = database.prepare(
      'UPDATE person SET revoked_before = max(revoked_before, ?) WHERE id = ?',
    );
    this.#all = database.prepare('SELECT * FROM device WHERE person = ? ORDER BY seen_at DESC, id');
    this.#one = database.prepare('SELECT * FROM device WHERE person = ? AND id = ?');
    this.#revokedBefore = database.prepare('SELECT revoked_before FROM person WHERE id = ?');
    this.#lastSeen = database.prepare(
      `SELECT person, max(seen_at) AS seen_at FROM device
       WHERE person IN (SELECT value FROM json_each(?)) AND hidden = 0 GROUP BY person`,
    );
    this.#acquainted = database.prepare(
      `SELECT value AS person FROM json_each(?) WHERE EXISTS (
         SELECT 1 FROM member theirs WHERE theirs.person = value AND EXISTS (
           SELECT 1 FROM member own
           WHERE own.conversation = theirs.conversation AND own.person = ?))`,
    );
  }

  /** Part of a transaction that the caller has begun. */
  write({ devices = [], signOuts = [], forgotten = [], revocations = [] }: Commit): void {
    for (const { user, id, label, platform, createdAt, seenAt, hidden } of devices) {
      this.#put.run(user, id, label ?? null, platform, createdAt, seenAt, hidden ? 1 : 0);
    }
    for (const { user, device, at } of signOuts) this.#signOut.run(at, user, device);
    for (const { user, device } of forgotten) this.#forget.run(user, device);
    for (const { user, before } of revocations) this.#revoke.run(before, user);
  }

  of(user: string): Promise<readonly StoredDevice[]> {
    return attempt(() => (this.#all.all(user) as DeviceRow[]).map(toDevice));
  }

  one(user: string, id: string): Promise<StoredDevice | undefined> {
    return attempt(() => {
      const row = this.#one.get(user, id) as DeviceRow | undefined;
      return row && toDevice(row);
    });
  }

  revokedBefore(user: string): Promise<number> {
    return attempt(() => {
      const row = this.#revokedBefore.get(user) as { revoked_before: number } | undefined;
      return row?.revoked_before ?? 0;
    });
  }

  lastSeen(users: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return attempt(() => {
      const rows = this.#lastSeen.all(JSON.stringify(users));
      const seen = rows as { readonly person: string; readonly seen_at: number }[];
      return new Map(seen.map(({ person, seen_at }) => [person, seen_at]));
    });
  }

  acquainted(user: string, others: readonly string[]): Promise<ReadonlySet<string>> {
    return attempt(() => {
      const rows = this.#acquainted.all(JSON.stringify(others), user);
      return new Set((rows as { readonly person: string }[]).map(({ person }) => person));
    });
  }
}

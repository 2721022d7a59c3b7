/**
 * Fencing. Whoever comes to lead the tabs of a browser raises the term in the database, and every
 * transaction by which a leader stores what the server says begins with a look at it. IndexedDB runs
 * them one after the other: a leader that was frozen, or robbed of its lock, writes nothing any more.
 */
import { Dexie } from 'dexie';
import { ImError } from '../../protocol/im-error.js';
import type { Database } from '../database/database.js';

export class Term {
  /** Undefined while this tab has no say; 0 where no other tab can have one. */
  value: number | undefined;
  readonly #onOver: (error: ImError) => void;

  /** `onOver` hears that another tab has raised the term. */
  constructor(onOver: (error: ImError) => void) {
    this.#onOver = onOver;
  }

  /**
   * Raises the term, unless this one has been raised before: then it has to be the newest still. A tab
   * that has come so far too late, and leads no more, raises nothing: it would put out who does.
   */
  async claim(db: Database, leads: () => boolean = () => true): Promise<void> {
    const known = this.value;
    this.value = await db.transaction('rw', db.meta, async () => {
      if (known !== undefined) {
        await this.#check(db);
        return known;
      }
      if (!leads()) return;
      const value = Number((await db.meta.get('term'))?.value ?? 0) + 1;
      await db.meta.put({ key: 'term', value: String(value) });
      return value;
    });
  }

  /** `db.write` for what the server says. @throws ImError `device/replaced`; nothing is written then. */
  write<T>(db: Database, work: () => Promise<T>): Promise<T> {
    return db.write(async () => {
      if (this.value !== 0) await this.#check(db);
      return work();
    });
  }

  async #check(db: Database): Promise<void> {
    const { value } = this;
    if (value === 0) return;
    const kept = await db.meta.get('term');
    if (value !== undefined && Number(kept?.value ?? value) === value) {
      // A database that has been emptied knows of no term.
      if (!kept) await db.meta.put({ key: 'term', value: String(value) });
      return;
    }
    const error = replaced();
    // What it begins outlives the transaction, and would be taken for a part of it for ever.
    Dexie.ignoreTransaction(() => this.#onOver(error));
    throw error;
  }
}

/** What a tab fails with that thought that it leads. */
export function replaced(): ImError {
  return new ImError('device/replaced', 'Another tab leads.');
}

/**
 * The part of a client's database that applying frames uses, as plain maps: what runs thousands of
 * times has no time for transactions. Rows go in and out as copies, like those of IndexedDB.
 */
import type { Database } from '../../src/client/database/database.js';

type Row = Record<string, unknown>;
type Key = string | number | readonly (string | number)[];

const asList = (key: Key): readonly (string | number)[] => (typeof key === 'object' ? key : [key]);

/** Like `structuredClone`, for what is stored here, and many times faster. */
function copyOf<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  const copy: Row = {};
  for (const field in value) copy[field] = copyOf(value[field]);
  return copy as T;
}

/** Numbers come before strings, as in IndexedDB. */
function compare(one: Key, other: Key): number {
  const [left, right] = [asList(one), asList(other)];
  for (const [index, part] of left.entries()) {
    const rival = right[index];
    if (rival === undefined) return 1;
    if (part === rival) continue;
    if (typeof part !== typeof rival) return typeof part === 'number' ? -1 : 1;
    return part < rival ? -1 : 1;
  }
  return left.length - right.length;
}

class Rows {
  readonly #table: PlainTable;
  readonly #rows: readonly Row[];

  constructor(table: PlainTable, rows: readonly Row[]) {
    this.#table = table;
    this.#rows = rows;
  }

  filter(fits: (row: Row) => boolean): Rows {
    return new Rows(this.#table, this.#rows.filter(fits));
  }

  limit(count: number): Rows {
    return new Rows(this.#table, this.#rows.slice(0, count));
  }

  reverse(): Rows {
    return new Rows(this.#table, this.#rows.toReversed());
  }

  async toArray(): Promise<readonly Row[]> {
    return copyOf(this.#rows);
  }

  async count(): Promise<number> {
    return this.#rows.length;
  }

  async first(): Promise<Row | undefined> {
    return copyOf(this.#rows[0]);
  }

  async last(): Promise<Row | undefined> {
    return copyOf(this.#rows.at(-1));
  }

  async each(look: (row: Row) => void): Promise<void> {
    for (const row of this.#rows) look(copyOf(row));
  }

  async delete(): Promise<void> {
    for (const row of this.#rows) this.#table.drop(row);
  }

  async modify(change: (row: Row) => void): Promise<void> {
    for (const row of this.#rows) change(row);
  }
}

class PlainTable {
  readonly #rows: Map<string, Row> = new Map();
  readonly #key: readonly string[];
  #lastKey = 0;

  constructor(...key: readonly string[]) {
    this.#key = key;
  }

  keyOf(row: Row, fields: readonly string[] = this.#key): Key {
    return fields.map((field) => row[field] as string | number);
  }

  drop(row: Row): void {
    this.#rows.delete(this.keyOf(row).toString());
  }

  async get(key: Key): Promise<Row | undefined> {
    const row = this.#rows.get(asList(key).toString());
    return row && copyOf(row);
  }

  bulkGet(keys: readonly Key[]): Promise<readonly (Row | undefined)[]> {
    return Promise.all(keys.map((key) => this.get(key)));
  }

  async put(row: Row): Promise<void> {
    this.#rows.set(this.keyOf(row).toString(), copyOf(row));
  }

  async add(row: Row): Promise<number> {
    const key = ++this.#lastKey;
    await this.put(this.#key[0] === 'key' ? { ...row, key } : row);
    return key;
  }

  async bulkPut(rows: readonly Row[]): Promise<void> {
    for (const row of rows) await this.put(row);
  }

  async delete(key: Key): Promise<void> {
    this.#rows.delete(asList(key).toString());
  }

  async bulkDelete(keys: readonly Key[]): Promise<void> {
    for (const key of keys) await this.delete(key);
  }

  async clear(): Promise<void> {
    this.#rows.clear();
  }

  async toArray(): Promise<readonly Row[]> {
    return copyOf([...this.#rows.values()]);
  }

  toCollection(): Rows {
    return new Rows(this, [...this.#rows.values()]);
  }

  filter(fits: (row: Row) => boolean): Rows {
    return this.toCollection().filter(fits);
  }

  /** By an index, or by a primary key of several fields, in its order. */
  where(index: string): {
    between(from: Key, to: Key): Rows;
    equals(key: Key): Rows;
    anyOf(keys: readonly Key[]): Rows;
  } {
    const fields = index.replace(/[[\]]/g, '').split('+');
    const of = (row: Row): Key => this.keyOf(row, fields);
    const sorted = (fits: (key: Key) => boolean): Rows => {
      const rows = [...this.#rows.values()].filter((row) => fits(of(row)));
      return new Rows(
        this,
        rows.sort((one, other) => compare(of(one), of(other))),
      );
    };
    return {
      between: (from, to) => sorted((key) => compare(key, from) >= 0 && compare(key, to) <= 0),
      equals: (key) => sorted((found) => compare(found, key) === 0),
      anyOf: (keys) => sorted((key) => keys.some((wanted) => compare(key, wanted) === 0)),
    };
  }
}

/** An empty one. */
export function plainDatabase(): Database {
  const tables = {
    messages: new PlainTable('conversation', 'order'),
    outbox: new PlainTable('key'),
    conversations: new PlainTable('id'),
    changes: new PlainTable('conversation', 'target'),
    registers: new PlainTable('name', 'conversation', 'item'),
    users: new PlainTable('id'),
    meta: new PlainTable('key'),
  };
  return tables as unknown as Database;
}

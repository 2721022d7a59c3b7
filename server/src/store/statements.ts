import type Database from 'libsql';

/** Statements that are prepared once. */
export class Statements {
  readonly #database: Database.Database;
  readonly #prepared = new Map<string, Database.Statement>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  all<T>(sql: string, ...values: unknown[]): T[] {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.#database.prepare(sql);
      this.#prepared.set(sql, statement);
    }
    const rows: unknown = statement.all(...values);
    return rows as T[];
  }

  clear(): void {
    this.#prepared.clear();
  }
}

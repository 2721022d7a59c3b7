/** An IndexedDB as a file: what a browser had stored, with the shape it had stored it in. */

/** One object store, as it was made, with all its rows. */
export type StoredTable = {
  readonly name: string;
  readonly keyPath: string | string[] | null;
  readonly autoIncrement: boolean;
  readonly indexes: readonly {
    readonly name: string;
    readonly keyPath: string | string[];
    readonly unique: boolean;
    readonly multiEntry: boolean;
  }[];
  readonly rows: readonly unknown[];
};

export type StoredDatabase = {
  readonly name: string;
  /** As the browser counts; ten times that of Dexie. */
  readonly version: number;
  readonly stores: readonly StoredTable[];
};

/** A field that is there without a value, which a database keeps and JSON would drop. */
const UNDEFINED = '@undefined';

/** Formatted as JSON that keeps every field. */
export function toText(value: unknown): string {
  const text = JSON.stringify(
    value,
    (_, held: unknown) => held ?? (held === null ? null : UNDEFINED),
    2,
  );
  return `${text}\n`;
}

/** What `toText` has written. */
export function fromText(text: string): unknown {
  return revive(JSON.parse(text));
}

function revive(value: unknown): unknown {
  if (value === UNDEFINED) return undefined;
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, revive(held)]));
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request has failed.'));
  });
}

/** Reads all of a database that nobody has open. */
export async function dumpDatabase(idb: IDBFactory, name: string): Promise<StoredDatabase> {
  const db = await done(idb.open(name));
  const names = [...db.objectStoreNames];
  const transaction = db.transaction(names);
  const stores = await Promise.all(
    names.map(async (table): Promise<StoredTable> => {
      const store = transaction.objectStore(table);
      const { keyPath, autoIncrement } = store;
      const indexes = [...store.indexNames].map((index) => {
        const { keyPath: path, unique, multiEntry } = store.index(index);
        return { name: index, keyPath: path, unique, multiEntry };
      });
      const rows: readonly unknown[] = await done(store.getAll());
      return { name: table, keyPath, autoIncrement, indexes, rows };
    }),
  );
  db.close();
  return { name, version: db.version, stores };
}

/** Makes a database as it was when it was dumped, in a browser that has none of its name. */
export async function loadDatabase(idb: IDBFactory, stored: StoredDatabase): Promise<void> {
  const request = idb.open(stored.name, stored.version);
  request.onupgradeneeded = () => {
    for (const { name, keyPath, autoIncrement, indexes, rows } of stored.stores) {
      const store = request.result.createObjectStore(name, { keyPath, autoIncrement });
      for (const index of indexes) store.createIndex(index.name, index.keyPath, index);
      for (const row of rows) store.put(row);
    }
  };
  (await done(request)).close();
}

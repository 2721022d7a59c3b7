/** The IndexedDB of a device, to be broken: databases in memory go on working. */
type Write = (...row: unknown[]) => unknown;

export class Disk {
  /** The name of the error that every `add` and `put` throws; undefined while all is well. */
  failure: string | undefined;
  /** The table whose rows fail; undefined when it is all of them. */
  table: string | undefined;
  /** The connections that have been opened. */
  readonly opened: IDBDatabase[] = [];

  constructor(idb: IDBFactory) {
    const open = idb.open.bind(idb);
    idb.open = (name, version) => {
      const request = open(name, version);
      request.addEventListener('success', () => {
        this.opened.push(request.result);
        this.#guard(request.result);
      });
      return request;
    };
  }

  #guard(db: IDBDatabase): void {
    const transaction = db.transaction.bind(db);
    db.transaction = (...names) => {
      const opened = transaction(...names);
      const objectStore = opened.objectStore.bind(opened);
      opened.objectStore = (name) => {
        const store = objectStore(name);
        for (const way of ['add', 'put'] as const) {
          const write = store[way].bind(store) as Write;
          Object.assign(store, { [way]: this.#guarded(write, name) });
        }
        return store;
      };
      return opened;
    };
  }

  #guarded(write: Write, table: string): Write {
    return (...row) => {
      const isMeant = this.table === undefined || this.table === table;
      if (isMeant && this.failure !== undefined) {
        throw new DOMException('Broken on purpose.', this.failure);
      }
      return write(...row);
    };
  }
}

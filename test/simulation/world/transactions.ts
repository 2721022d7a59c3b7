/**
 * Transactions of a page that stands still. What its requests have brought is told to it when it goes
 * on, so a transaction that has begun stays open meanwhile. No browser lets it keep other pages waiting
 * for long: Chromium does not freeze such a page, or discards it, and WebKit aborts what a process that
 * it suspends has open. Here it is aborted as soon as it is in the way of another page, and the page
 * hears of that when it goes on: with all that it was about to do still ahead.
 */
import type { Standstill } from './standstill.js';

type Waiting = { readonly request: IDBRequest };

/** What has to be known of the insides of fake-indexeddb. */
export type RawTransaction = Omit<IDBTransaction, 'db'> & {
  readonly db: Connection;
  readonly _scope: ReadonlySet<string>;
  readonly _requests: readonly Waiting[];
  readonly _state: string;
  _started: boolean;
  _start(): void;
  _abort(error: string): void;
  _markFinished(): void;
};
export type Connection = IDBDatabase & {
  _closePending: boolean;
  _closed: boolean;
  readonly _rawDatabase: {
    readonly transactions: RawTransaction[];
    connections: Connection[];
    processTransactions(): void;
  };
};

/** From now on a new transaction stands still with its page. */
export function holdStill(transaction: RawTransaction, standstill: Standstill): void {
  const { _rawDatabase: database } = transaction.db;
  const start = transaction._start.bind(transaction);
  transaction._start = () => {
    // What is committed or aborted already needs nobody for it.
    if (transaction._state !== 'active' || !standstill.isOn) {
      start();
      return;
    }
    transaction._started = true;
    if (isInTheWay(transaction)) giveUp(transaction, standstill);
    else standstill.run('storage', () => transaction._start());
  };
  const dispatch = transaction.dispatchEvent.bind(transaction);
  transaction.dispatchEvent = (event) => {
    // The next one begins, whoever has not heard yet of the end of this one.
    if (standstill.isOn) database.processTransactions();
    standstill.run('storage', () => dispatch(event));
    return true;
  };
  if (standstill.isOn) postpone(transaction, standstill);
}

/** Whether it keeps another page from going on. */
function isInTheWay({ db, mode, _scope: scope }: RawTransaction): boolean {
  return db._rawDatabase.transactions.some((other) => {
    if (other.db === db || other._state === 'finished') return false;
    const onlyRead = mode === 'readonly' && other.mode === 'readonly';
    return !onlyRead && [...other._scope].some((table) => scope.has(table));
  });
}

/** Aborts what a page that stands still has open and others wait for. */
export function giveWay(connection: Connection, standstill: Standstill): void {
  if (!standstill.isOn) return;
  // Other pages have their own standstill.
  const own = connection._rawDatabase.transactions.filter(({ db }) => db === connection);
  for (const transaction of own) {
    const isOpen = transaction._started && transaction._state === 'active';
    if (isOpen && isInTheWay(transaction)) giveUp(transaction, standstill);
  }
}

function giveUp(transaction: RawTransaction, standstill: Standstill): void {
  for (const { request } of transaction._requests) holdEvents(request, standstill);
  transaction._abort('AbortError');
}

/** What a request has brought is told in its turn. */
export function holdEvents(request: IDBRequest, standstill: Standstill): void {
  const dispatch = request.dispatchEvent.bind(request);
  request.dispatchEvent = (event) => {
    if (event.type === 'upgradeneeded') return dispatch(event);
    standstill.run('storage', () => dispatch(event));
    return true;
  };
}

/**
 * All pages here hear of each other's commits from one and the same module, also those that stand still;
 * what one of them then begins to read begins when it goes on.
 */
function postpone(transaction: RawTransaction, standstill: Standstill): void {
  const { transactions } = transaction.db._rawDatabase;
  transactions.splice(transactions.indexOf(transaction), 1);
  standstill.run('storage', () => {
    transactions.push(transaction);
    transaction.db._rawDatabase.processTransactions();
  });
}

/**
 * Closes a connection when all that it has open itself has ended. The library's own way waits for what
 * every other page has open as well, and asks for that at every step: as often as a run has events while
 * a page stands still.
 */
export function endConnection(connection: Connection): void {
  connection._closePending = true;
  const { _rawDatabase: database } = connection;
  const open = database.transactions.find(({ db, _state: state }) => {
    return db === connection && state !== 'finished';
  });
  if (!open) {
    connection._closed = true;
    database.connections = database.connections.filter((other) => other !== connection);
    return;
  }
  const finish = open._markFinished.bind(open);
  open._markFinished = () => {
    finish();
    endConnection(connection);
  };
}

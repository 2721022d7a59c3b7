/** What a transaction writes of what only the page may write that leads. */
import { PENDING } from '../../../src/client/database/database.js';
import type { RawTransaction } from './transactions.js';

export type Written = {
  /** The page has come to lead. */
  raisesTerm: boolean;
  /** It has written down what the server says: an event of a log, or how far all is known. */
  isLeaders: boolean;
};

export type FenceOptions = {
  /** Something of the leader's is being written, and not committed yet. */
  readonly onWriting: () => void;
  readonly onCommitted: (written: Written) => void;
};

/** Tells what a transaction writes and has written. */
export function watchFence(
  transaction: RawTransaction,
  { onWriting, onCommitted }: FenceOptions,
): void {
  const written: Written = { raisesTerm: false, isLeaders: false };
  const storeOf = transaction.objectStore.bind(transaction);
  const seen = new Set<IDBObjectStore>();
  transaction.objectStore = (name) => {
    const store = storeOf(name);
    if (!seen.has(store) && (name === 'meta' || name === 'messages')) {
      watchStore(store, written, onWriting);
      seen.add(store);
    }
    return store;
  };
  // At once, also where the page hears of it later.
  const dispatch = transaction.dispatchEvent.bind(transaction);
  transaction.dispatchEvent = (event) => {
    if (event.type === 'complete') onCommitted(written);
    return dispatch(event);
  };
}

function watchStore(store: IDBObjectStore, written: Written, onWriting: () => void): void {
  for (const way of ['put', 'add'] as const) {
    const write = store[way].bind(store);
    store[way] = (value: { readonly key?: string; readonly order?: number }, key) => {
      if (value.key === 'term') written.raisesTerm = true;
      const isEvent = value.order !== undefined && value.order < PENDING;
      if (isEvent || value.key === 'cursor') {
        written.isLeaders = true;
        onWriting();
      }
      return write(value, key);
    };
  }
}

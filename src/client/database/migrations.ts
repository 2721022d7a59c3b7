import type { Transaction } from 'dexie';

/** One step of the database's shape, as Dexie takes it. */
export type Migration = {
  readonly version: number;
  readonly stores: { readonly [table: string]: string };
  /** Changes the rows that are there, in the transaction that changes the shape. */
  readonly upgrade?: (transaction: Transaction) => PromiseLike<unknown>;
};

/** Appended, never edited: somebody's browser is still at version 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    stores: {
      messages: '[conversation+order]',
      outbox: '++key, [conversation+clientId]',
      conversations: 'id',
      users: 'id',
      meta: 'key',
    },
  },
];

import type { Transaction } from 'dexie';
import { isChangeKind } from '../../protocol/changes.js';
import type { ConversationRow, MessageRow } from './database.js';

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
  {
    version: 2,
    stores: {
      changes: '[conversation+target]',
      registers: '[name+conversation+item], conversation',
    },
    upgrade: forgetUnfolded,
  },
];

/** Rows read at once: a cursor over all of them would take too long. */
const PAGE = 1_000;

/** Version 1 kept changes without knowing them: logs that have some are fetched again, and folded. */
async function forgetUnfolded(transaction: Transaction): Promise<void> {
  const messages = transaction.table<MessageRow>('messages');
  const unfolded = new Set<string>();
  let after: readonly unknown[] = [''];
  for (;;) {
    const page = await messages.where(':id').above(after).limit(PAGE).toArray();
    for (const { conversation, kind } of page) if (isChangeKind(kind)) unfolded.add(conversation);
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = [last.conversation, last.order];
  }
  for (const id of unfolded) {
    await messages
      .where('[conversation+order]')
      .between([id, 0], [id, 2 ** 52])
      .delete();
  }
  const conversations = transaction.table<ConversationRow>('conversations');
  await conversations.toCollection().modify((row) => {
    if (unfolded.has(row.id)) Object.assign(row, { local: undefined, complete: false });
  });
  // Every head comes again, with what version 1 did not read of it.
  await transaction.table('meta').delete('cursor');
}

import type { ConversationRow, Database, OutboxRow } from '../database/database.js';

/** What a message needs to be queued. */
export type Sending = Pick<
  OutboxRow,
  'conversation' | 'clientId' | 'kind' | 'bodyJson' | 'at' | 'sent'
> & {
  readonly sender: string;
};

/** Gives what is sent the next place in its conversation; without an `order` it is a change. */
export async function addRow(
  db: Database,
  conversation: ConversationRow,
  { clientId, kind, bodyJson, at, sent }: Omit<Sending, 'conversation' | 'sender'>,
  order?: number,
): Promise<OutboxRow> {
  const entry = {
    ...{ conversation: conversation.id, clientId, n: conversation.nextN++ },
    // Behind what another tab has queued, it waits its turn.
    ...{ kind, bodyJson, at, sent: sent && conversation.pending?.pending !== 'queued' },
    ...(order === undefined ? {} : { order }),
  };
  return { ...entry, key: await db.outbox.add(entry) };
}

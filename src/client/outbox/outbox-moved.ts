import { ImError } from '../../protocol/im-error.js';
import type { OutboxOptions } from './outbox-options.js';
import { renumberAll } from './outbox-rows.js';

type Resync = OutboxOptions['resync'];

/**
 * What comes from another database may have been accepted from there, in numbers that this one does
 * not know. The logs tell: what they bring goes, and the rest is counted from 0.
 */
export async function findOutWhatMoved({
  storage,
  link,
  resync,
}: Pick<OutboxOptions, 'storage' | 'link' | 'resync'>): Promise<void> {
  if (!(await storage.use((db) => db.meta.get('moved')))) return;
  const rows = await storage.use((db) => db.outbox.toArray());
  const conversations = new Set(rows.map(({ conversation }) => conversation));
  await Promise.all([...conversations].map((conversation) => readLog(resync, conversation)));
  await storage.use((db) =>
    link().term.write(db, async () => {
      await renumberAll(db);
      await db.meta.delete('moved');
    }),
  );
}

async function readLog(resync: Resync, conversation: string): Promise<void> {
  try {
    await resync(conversation);
  } catch (error) {
    // Where there is no log, as with somebody who does not exist, nothing has been accepted.
    if (!(error instanceof ImError && error.code === 'conversation/not-found')) throw error;
  }
}

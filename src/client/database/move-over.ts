import type { ConversationRow, Database, UserRow } from './database.js';

/**
 * Gives an empty database the conversations and names on the screen, so that they stay there. The
 * messages come from the server again, and the server counts a new device from 0.
 */
export async function moveOver(
  db: Database,
  rows: Iterable<ConversationRow>,
  users: Iterable<UserRow>,
): Promise<void> {
  await db.write(async () => {
    if ((await db.conversations.count()) > 0) return;
    const emptied = [...rows].map((row) => ({
      ...row,
      local: undefined,
      complete: false,
      pending: undefined,
      nextN: 0,
    }));
    await db.conversations.bulkPut(emptied);
    await db.users.bulkPut([...users]);
  });
}

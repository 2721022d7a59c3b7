/** What a person does with a conversation besides sending: opening one. */
import { c2cId, isUserId } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { conversationIn } from '../changes/own.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import type { Gate } from '../gate.js';

export type ConversationsOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly gate: Gate;
  readonly environment: Environment;
};

export class Conversations {
  readonly #options: ConversationsOptions;

  constructor(options: ConversationsOptions) {
    this.#options = options;
  }

  /** @throws ImError `user/not-found`. */
  async openPeer(userId: string): Promise<string> {
    const { storage, mirror, gate, environment } = this.#options;
    const { id, onServer } = await storage.use((db) =>
      db.write(async () => {
        if (!isUserId(userId) || userId === mirror.self) {
          throw new ImError('user/not-found', 'There is no such person.', { field: 'userId' });
        }
        const conversation = c2cId(mirror.self, userId);
        const row = await conversationIn(db, conversation, environment.now());
        await db.conversations.put(row);
        return row;
      }),
    );
    // Offline, or for a person who does not exist, it stays an empty conversation of this device.
    if (!onServer) gate.catchUp?.describe(id).catch(() => undefined);
    return id;
  }
}

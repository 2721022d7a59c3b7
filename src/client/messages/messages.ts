/** What a person does with own messages: each is one transaction, the same online and offline. */
import { c2cPeer, conversationKind, makeKey } from '../../protocol/ids.js';
import { ImError } from '../../protocol/im-error.js';
import { LIMITS } from '../../protocol/limits.js';
import { conversationIn } from '../changes/own.js';
import {
  PENDING,
  type ConversationRow,
  type Database,
  type MessageRow,
} from '../database/database.js';
import type { Mirror } from '../database/mirror.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import type { Gate } from '../gate.js';
import { messagesBetween } from '../database/between.js';
import { dequeue, enqueue, removePending, rowsOf } from '../outbox/outbox-rows.js';
import { messageId, toMessage } from './present.js';
import type { Message, MessageDraft } from '../public.js';

export type MessagesOptions = {
  readonly storage: Storage;
  readonly mirror: Mirror;
  readonly gate: Gate;
  readonly environment: Environment;
};

const NOT_YET = { delivered: 0, read: 0 };

export class Messages {
  readonly #options: MessagesOptions;

  constructor(options: MessagesOptions) {
    this.#options = options;
  }

  /** @throws ImError as `ImClient.send` says. */
  async send(conversation: string, { text }: MessageDraft): Promise<Message> {
    const { storage, mirror, gate, environment } = this.#options;
    throwUnlessSendable(text);
    const clientId = makeKey(environment.randomBytes);
    const bodyJson = JSON.stringify({ text });
    const { message, row } = await storage.use((db) =>
      db.write(async () => {
        // The user may have become known only with the database.
        throwUnlessPossible(conversation, mirror.self);
        const at = environment.now();
        const stored = await conversationIn(db, conversation, at);
        if (stored.draft && isDraftOf(stored.draft, text)) {
          Object.assign(stored, { draft: '', draftWaits: true });
        }
        const sending = {
          conversation,
          clientId,
          kind: 'text',
          bodyJson,
          at,
          sent: gate.flowing,
        };
        return enqueue(db, stored, { ...sending, sender: mirror.self });
      }),
    );
    gate.add(row);
    return toMessage(message, mirror, NOT_YET);
  }

  async retry(conversation: string, id: string): Promise<void> {
    const { storage, gate, environment } = this.#options;
    const row = await storage.use((db) =>
      db.write(async () => {
        const { message, stored } = await findPending(db, conversation, id);
        if (!message || !stored || typeof message.pending !== 'object') return;
        await removePending(db, stored, [message.order]);
        const queued = await enqueue(db, stored, {
          ...message,
          bodyJson: JSON.stringify(message.body),
          at: environment.now(),
          sent: gate.flowing,
        });
        return queued.row;
      }),
    );
    if (row) gate.add(row);
  }

  /** A message that may have reached the server stays: only the server knows what became of it. */
  async discard(conversation: string, id: string): Promise<void> {
    const { storage, gate } = this.#options;
    const gone = await storage.use((db) =>
      db.write(async () => {
        const { message, stored } = await findPending(db, conversation, id);
        if (!message || !stored || message.pending === 'sending') return;
        const rows = await rowsOf(db, conversation);
        const row = rows.find(({ clientId }) => clientId === message.clientId);
        if (row) await dequeue(db, stored, row);
        await removePending(db, stored, [message.order]);
        await db.conversations.put(stored);
        return row;
      }),
    );
    if (gone) gate.settled(conversation, gone.clientId);
  }
}

/** The message without a `seq` that has this id, and its conversation. */
async function findPending(
  db: Database,
  conversation: string,
  id: string,
): Promise<{
  readonly message: MessageRow | undefined;
  readonly stored: ConversationRow | undefined;
}> {
  const stored = await db.conversations.get(conversation);
  const pending = await messagesBetween(db, conversation, PENDING, Infinity).toArray();
  return { message: pending.find((message) => messageId(message) === id), stored };
}

/** Whether a draft is what was being written; the store may have it a few letters ago. */
function isDraftOf(draft: string, text: string): boolean {
  const [stored, sent] = [draft.trim(), text.trim()];
  return sent.startsWith(stored) || stored.startsWith(sent);
}

/** @throws ImError `message/empty`, `message/too-large`. */
export function throwUnlessSendable(text: unknown): void {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new ImError('message/empty', 'A message needs a text.', { field: 'text' });
  }
  if (text.length > LIMITS.textLength) {
    const message = `A text may have ${LIMITS.textLength} characters.`;
    throw new ImError('message/too-large', message, { field: 'text' });
  }
}

/** @throws ImError `conversation/not-found` when `self` can be in no conversation of this id. */
export function throwUnlessPossible(conversation: string, self: string): void {
  const kind = conversationKind(conversation);
  if (kind === 'group' || (kind === 'c2c' && c2cPeer(conversation, self) !== undefined)) return;
  throw new ImError('conversation/not-found', 'There can be no such conversation.');
}

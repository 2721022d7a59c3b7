/**
 * Fills the kit's database with `?rooms=` conversations, the first with `?messages=` messages and the
 * others with one: what a device holds that has been used for long, up to `?cursor=`.
 */
import {
  Database,
  newConversation,
  type ConversationRow,
  type MessageRow,
} from '../../src/client/database/database.js';
import { socketUrl } from '../../src/client/connection/socket-url.js';
import { messageRow } from '../../src/client/sync/apply-log.js';
import { content, conversationWith, person, READER } from './content.js';
import { eventAt } from './log.js';
import { sayPainted } from './painted.js';

const CHUNK = 5_000;

const params = new URLSearchParams(location.search);
const { host } = socketUrl(params.get('server')!);
const messages = Number(params.get('messages'));
const rooms = Number(params.get('rooms'));

function stored(seq: number, index: number): MessageRow {
  return messageRow(conversationWith(index), eventAt(seq, index));
}

function roomRow(index: number): ConversationRow {
  const id = conversationWith(index);
  // The first room is the most recent one; the others follow by their last message's time.
  const lastSeq = index === 0 ? messages : 1;
  const at = content(index === 0 ? messages + rooms : rooms - index).at;
  return {
    ...newConversation(id, at),
    lastSeq,
    readSeq: lastSeq,
    local: { from: 1, to: lastSeq },
    complete: true,
    last: stored(lastSeq, index),
    onServer: true,
  };
}

const db = new Database(`im-kit/${host}/${READER.id}`, { indexedDB, IDBKeyRange });
await db.open();
const people = Array.from({ length: rooms }, (_, index) => person(index));
await db.users.bulkPut([READER, ...people]);
await db.conversations.bulkPut(people.map((_, index) => roomRow(index)));
for (let from = 1; from <= messages; from += CHUNK) {
  const count = Math.min(CHUNK, messages - from + 1);
  await db.messages.bulkPut(Array.from({ length: count }, (_, step) => stored(from + step, 0)));
}
await db.messages.bulkPut(people.slice(1).map((_, index) => stored(1, index + 1)));
await db.meta.put({ key: 'cursor', value: params.get('cursor') ?? 'now' });
db.close();
sayPainted();

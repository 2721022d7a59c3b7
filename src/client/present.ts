/** Turns rows into what the public types show. Pure: equal rows and people give equal results. */
import { c2cPeer, conversationKind } from '../protocol/ids.js';
import { PENDING, type ConversationRow, type MessageRow } from './database/database.js';
import type { Conversation, Message, MessageContent, MessageStatus, Person } from './public.js';

/** Who is who. `person` gives the same object as long as nothing about the person changes. */
export type People = {
  readonly self: string;
  readonly person: (id: string) => Person;
};

/** Up to which `seq` all other members have an own message, and have seen it. */
export type Watermarks = { readonly delivered: number; readonly read: number };

const NOBODY_YET: Watermarks = { delivered: 0, read: 0 };

const QUEUED: MessageStatus = { status: 'queued' };
const SENDING: MessageStatus = { status: 'sending' };
const SENT: MessageStatus = { status: 'sent' };
const DELIVERED: MessageStatus = { status: 'delivered' };
const READ: MessageStatus = { status: 'read' };
const RECEIVED: MessageStatus = { status: 'received' };

export function watermarks({ marks, memberCount }: ConversationRow): Watermarks {
  // Members who have got nowhere yet may be left out of the list.
  if (marks.length === 0 || marks.length < memberCount - 1) return NOBODY_YET;
  let delivered = Infinity;
  let read = Infinity;
  for (const mark of marks) {
    delivered = Math.min(delivered, Math.max(mark.delivered, mark.read));
    read = Math.min(read, mark.read);
  }
  return { delivered, read };
}

export function messageState(row: MessageRow, self: string, marks: Watermarks): MessageStatus {
  const { pending, order, sender } = row;
  if (pending === 'queued') return QUEUED;
  if (pending === 'sending') return SENDING;
  if (pending) return { status: 'failed', code: pending.failed };
  if (sender !== self) return RECEIVED;
  if (order <= marks.read) return READ;
  return order <= marks.delivered ? DELIVERED : SENT;
}

export function messageId({ sender, clientId }: Pick<MessageRow, 'sender' | 'clientId'>): string {
  return `${sender}/${clientId}`;
}

export function toMessage(row: MessageRow, people: People, marks: Watermarks): Message {
  return {
    id: messageId(row),
    conversationId: row.conversation,
    seq: row.order < PENDING ? row.order : undefined,
    sender: people.person(row.sender),
    own: row.sender === people.self,
    at: row.at,
    content: toContent(row, people),
    state: messageState(row, people.self, marks),
  };
}

export function toConversation(row: ConversationRow, people: People): Conversation {
  const peerId = c2cPeer(row.id, people.self);
  const peer = peerId === undefined ? undefined : people.person(peerId);
  const last = newest(row);
  return {
    id: row.id,
    kind: conversationKind(row.id) ?? 'group',
    peerId,
    title: row.name ?? peer?.name ?? row.id.replace(/^group:/, ''),
    avatarUrl: row.avatarUrl ?? peer?.avatarUrl,
    memberCount: row.memberCount,
    activeAt: row.activeAt,
    last: last && toMessage(last, people, watermarks(row)),
    unread: row.unread,
    readSeq: row.readSeq,
    lastSeq: row.lastSeq,
    draft: row.draft,
  };
}

/** The newest message. A failed one stays where it was in time, those that wait come last. */
function newest({ pending, last }: ConversationRow): MessageRow | undefined {
  if (!pending || !last) return pending ?? last;
  return typeof pending.pending === 'object' && pending.at < last.at ? last : pending;
}

function toContent({ kind, body }: MessageRow, { person, self }: People): MessageContent {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const { text, action, by, name } = fields;
  if (kind === 'text' && typeof text === 'string') return { type: 'text', text };
  if (kind === 'system' && action === 'created') {
    return {
      type: 'system',
      action,
      by: typeof by === 'string' ? person(by) : undefined,
      byOwn: by === self,
      name: typeof name === 'string' ? name : undefined,
    };
  }
  return { type: 'unknown', kind };
}

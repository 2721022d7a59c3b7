/** Turns rows into what the public types show. Pure: equal rows and people give equal results. */
import { NO_CHANGES, type Changes } from '../../protocol/changes.js';
import { c2cPeer, conversationKind } from '../../protocol/ids.js';
import { withPending } from '../changes/standing.js';
import { PENDING, type ConversationRow, type MessageRow } from '../database/database.js';
import type {
  Conversation,
  Message,
  MessageContent,
  MessageReaction,
  MessageStatus,
  Person,
} from '../public.js';

/** Who is who. `person` gives the same object as long as nothing about the person changes. */
export type People = {
  readonly self: string;
  readonly person: (id: string) => Person;
  /** Whether a message that was removed for everybody leaves a mark. */
  readonly deletedMark: boolean;
};

/** What has become of a message, and what this person keeps about it. */
export type Standing = {
  readonly changes?: Changes;
  readonly starred?: boolean;
  readonly removed?: boolean;
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

const NO_REACTIONS: readonly MessageReaction[] = [];
const NO_FOLDERS: readonly string[] = [];

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

/** Whether a message is not shown at all. */
export function isHidden({ changes, removed }: Standing, { deletedMark }: People): boolean {
  return removed === true || (changes?.gone?.how === 'delete' && !deletedMark);
}

export function toMessage(
  row: MessageRow,
  people: People,
  marks: Watermarks,
  standing: Standing = {},
): Message {
  const { changes = NO_CHANGES, starred = false } = standing;
  return {
    id: messageId(row),
    conversationId: row.conversation,
    seq: row.order < PENDING ? row.order : undefined,
    sender: people.person(row.sender),
    own: row.sender === people.self,
    at: row.at,
    content: toContent(row, people, changes),
    state: messageState(row, people.self, marks),
    edited: changes.versions.length > 0,
    reactions: changes.reactions.length ? toReactions(changes, people) : NO_REACTIONS,
    pinned: changes.pin?.on === true,
    starred,
  };
}

/** In the order in which the emoji came. */
function toReactions({ reactions }: Changes, { self, person }: People): readonly MessageReaction[] {
  const given = reactions.filter(({ on }) => on).sort((one, other) => one.seq - other.seq);
  return [...new Set(given.map(({ emoji }) => emoji))].map((emoji) => {
    const users = given.filter((reaction) => reaction.emoji === emoji).map(({ user }) => user);
    const own = users.includes(self);
    return { emoji, count: users.length, own, people: users.map((user) => person(user)) };
  });
}

export function toConversation(row: ConversationRow, people: People): Conversation {
  const peerId = c2cPeer(row.id, people.self);
  const peer = peerId === undefined ? undefined : people.person(peerId);
  const { own = {} } = row;
  return {
    id: row.id,
    kind: conversationKind(row.id) ?? 'group',
    peerId,
    title: row.name ?? peer?.name ?? row.id.replace(/^group:/, ''),
    avatarUrl: row.avatarUrl ?? peer?.avatarUrl,
    memberCount: row.memberCount,
    activeAt: row.activeAt,
    last: lastMessage(row, people),
    unread: row.unread,
    readSeq: row.readSeq,
    lastSeq: row.lastSeq,
    draft: row.draft,
    pinned: own.pinned,
    attention: own.attention ?? 'all',
    hidden: !row.pending && (row.last?.order ?? 0) <= (own.hidden ?? -1),
    markedUnread: own.unread === true,
    folders: own.folders ?? NO_FOLDERS,
  };
}

/** The newest message as it stands now, unless it is not shown. */
function lastMessage(row: ConversationRow, people: People): Message | undefined {
  const last = newest(row);
  if (last !== row.last) return last && toMessage(last, people, watermarks(row));
  if (!last) return;
  const changes = withPending(row.lastChanges, row.lastPending, people.self);
  // It is the newest: none after it can have been removed.
  const removed = row.own?.removed === last.order;
  const standing = { ...(changes && { changes }), removed };
  return isHidden(standing, people)
    ? undefined
    : toMessage(last, people, watermarks(row), standing);
}

/** The newest message. A failed one stays where it was in time, those that wait come last. */
function newest({ pending, last }: ConversationRow): MessageRow | undefined {
  if (!pending || !last) return pending ?? last;
  return typeof pending.pending === 'object' && pending.at < last.at ? last : pending;
}

function toContent(
  { kind, body }: MessageRow,
  { person, self }: People,
  { gone, versions }: Changes,
): MessageContent {
  if (gone) {
    return { type: 'gone', how: gone.how, by: person(gone.by), byOwn: gone.by === self };
  }
  const edit = versions.at(-1);
  if (kind === 'text' && edit) return { type: 'text', text: edit.text };
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

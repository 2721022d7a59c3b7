/** Rows as they are on disk, and as the core knows them. */
import type { Changes } from '../../../src/protocol/changes.js';
import type { LogEvent, Standing } from '../../../src/protocol/entities.js';
import type { ConversationKind } from '../../../src/protocol/ids.js';
import type { StoredConversation, StoredMember } from './store.js';

export type ConversationRow = {
  readonly key: number;
  readonly id: string;
  readonly kind: ConversationKind;
  readonly name: string | null;
  readonly avatar_url: string | null;
  readonly last_seq: number;
  readonly message_seq: number;
  readonly trimmed: number;
  readonly active_at: number;
  readonly revision: number;
};

export type MemberRow = {
  readonly person: string;
  readonly joined_seq: number;
  readonly delivered: number;
  readonly read: number;
  readonly receipt: number;
};

export type EventRow = {
  readonly seq: number;
  readonly at: number;
  readonly sender: string;
  readonly client_id: string;
  readonly kind: string;
  readonly body: string;
};

export type StandingRow = EventRow & { readonly state: string | null };

export type HeadRow = ConversationRow & MemberRow & { readonly members: number };

export const toConversation = (row: ConversationRow): StoredConversation => ({
  id: row.id,
  kind: row.kind,
  name: row.name ?? undefined,
  avatarUrl: row.avatar_url ?? undefined,
  lastSeq: row.last_seq,
  messageSeq: row.message_seq,
  trimmed: row.trimmed,
  activeAt: row.active_at,
  revision: row.revision,
});

export const toMember = (row: MemberRow): StoredMember => ({
  user: row.person,
  joinedSeq: row.joined_seq,
  delivered: row.delivered,
  read: row.read,
  receipt: row.receipt,
});

export const toEvent = (row: EventRow): LogEvent => ({
  seq: row.seq,
  at: row.at,
  sender: row.sender,
  clientId: row.client_id,
  kind: row.kind,
  body: JSON.parse(row.body) as unknown,
});

export const toStanding = (row: StandingRow): Standing => ({
  event: toEvent(row),
  ...(row.state !== null && { changes: JSON.parse(row.state) as Changes }),
});

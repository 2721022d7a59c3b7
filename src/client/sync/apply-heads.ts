/** Applies what the server tells of conversations as a whole: heads, marks and profiles. */
import type { Head, Mark } from '../../protocol/entities.js';
import type { HeadsFrame, MarksFrame } from '../../protocol/server-frames.js';
import type { ConversationRow } from '../database/database.js';
import { forgetLog, messageRow } from './apply-log.js';
import { applyTrim } from './apply-trim.js';
import type { Batch } from './batch.js';

/** A page of heads; its cursor is stored with what it brings. */
export function applyHeads(batch: Batch, frame: HeadsFrame, isFull: boolean): void {
  for (const head of frame.heads) applyHead(batch, head, isFull);
  batch.cursor = frame.cursor;
}

/**
 * @param isFull - The server was asked for everything because the two ends differ: a log that is
 *  shorter than the stored one is another log.
 */
export function applyHead(batch: Batch, head: Head, isFull: boolean): void {
  const row = batch.conversationOrNew(head.conversation, head.activeAt);
  row.onServer = true;
  row.name = head.name;
  row.avatarUrl = head.avatarUrl;
  row.memberCount = head.memberCount;
  for (const user of head.people) batch.putUser(user);
  const isShorter = isFull && head.lastSeq < row.lastSeq;
  const isOtherLog = isShorter || (head.last !== undefined && batch.differs(row.id, head.last));
  if (isOtherLog) forgetLog(batch, row);
  applyTrim(batch, row, head.trimmed ?? 0);
  row.marks = mergeMarks(row.marks, head.marks);
  if (head.lastSeq < row.lastSeq) batch.read(row, head.read);
  else takeStanding(batch, row, head);
  // Of an empty log all is here.
  if (row.lastSeq === 0) row.local ??= { from: 1, to: 0 };
  if (!row.local || row.local.to < row.lastSeq) batch.outcome.behind.set(row.id, row.lastSeq);
}

/** Takes over what the server counts. Of the read marks, whichever side is ahead tells the other. */
function takeStanding(batch: Batch, row: ConversationRow, head: Head): void {
  const { readSeq } = row;
  row.lastSeq = head.lastSeq;
  row.readSeq = head.read;
  row.unread = head.unread;
  row.activeAt = Math.max(head.last?.at ?? head.activeAt, row.pending?.at ?? 0);
  if (row.last?.order !== head.last?.seq) row.lastPending = undefined;
  row.last = head.last && messageRow(row.id, head.last);
  row.lastChanges = head.lastChanges;
  row.pins = head.pins ?? [];
  if (batch.read(row, readSeq)) batch.outcome.toMark.add(row.id);
}

export function applyMarks(batch: Batch, frame: MarksFrame): void {
  const row = batch.conversation(frame.conversation);
  if (!row) return;
  row.marks = mergeMarks(
    row.marks,
    frame.marks.filter(({ user }) => user !== batch.self),
  );
  const own = frame.marks.find(({ user }) => user === batch.self);
  if (own) batch.read(row, own.read);
}

/** Marks only rise. */
function mergeMarks(before: readonly Mark[], news: readonly Mark[]): readonly Mark[] {
  const marks = new Map(before.map((mark) => [mark.user, mark]));
  for (const { user, delivered, read } of news) {
    const known = marks.get(user);
    marks.set(user, {
      user,
      delivered: Math.max(delivered, known?.delivered ?? 0),
      read: Math.max(read, known?.read ?? 0),
    });
  }
  return [...marks.values()];
}

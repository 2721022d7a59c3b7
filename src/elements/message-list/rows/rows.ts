/** The rows that stand for a piece of history: messages, days between them, and where the new ones begin. */
import type { HistoryState, Message } from '../../../client/public.js';
import { startOfDay } from '../../../locales/format.js';
import { isNotice } from '../../primitives/message/message-text.js';

export type MessageRow = {
  readonly kind: 'message';
  readonly key: string;
  readonly message: Message;
  /** The first and the last of several bubbles by one sender that stand close together. */
  readonly first: boolean;
  readonly last: boolean;
};

export type Row =
  | MessageRow
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string; readonly count: number };

/** Messages of one sender belong together when no more time than this lies between them. */
const GROUP_MS = 5 * 60_000;

/**
 * Makes the rows. A message whose predecessor is not here yet is not shown: what stands above a row
 * then never changes when older messages arrive, and so its height does not either.
 *
 * @param dividerBefore - The id of the first new message, if new ones are marked.
 */
export function buildRows(
  { messages, hasOlder }: Pick<HistoryState, 'messages' | 'hasOlder'>,
  dividerBefore: string | undefined,
): readonly Row[] {
  const rows: Row[] = [];
  const start = hasOlder && messages.length > 1 ? 1 : 0;
  let day = start > 0 ? dayOf(messages[0]) : undefined;
  for (let index = start; index < messages.length; index++) {
    const message = messages[index];
    if (!message) break;
    const before = messages[index - 1];
    const after = messages[index + 1];
    if (day !== dayOf(message)) {
      day = dayOf(message);
      if (!hasOlder || index > 0)
        rows.push({ kind: 'day', key: `day ${message.id}`, at: message.at });
    }
    if (message.id === dividerBefore) {
      rows.push({ kind: 'unread', key: 'unread', count: countNew(messages, index) });
    }
    const first = message.id === dividerBefore || !joins(before, message);
    const last = after?.id === dividerBefore || !joins(message, after);
    rows.push({ kind: 'message', key: message.id, message, first, last });
  }
  return rows;
}

function dayOf(message: Message | undefined): number | undefined {
  return message && startOfDay(message.at);
}

function joins(one: Message | undefined, other: Message | undefined): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.sender.id === other.sender.id &&
    !isNotice(one.content) &&
    !isNotice(other.content) &&
    other.at - one.at < GROUP_MS &&
    startOfDay(one.at) === startOfDay(other.at)
  );
}

function countNew(messages: readonly Message[], start: number): number {
  let count = 0;
  for (let index = start; index < messages.length; index++) {
    if (!messages[index]?.own) count++;
  }
  return count;
}

/** How high a row will probably be; the real height replaces it as soon as the row is laid out. */
export function estimateHeight(row: Row | undefined, width: number): number {
  if (row?.kind !== 'message') return 44;
  const { content } = row.message;
  const text = content.type === 'text' ? content.text : '';
  const wide = text.charCodeAt(0) > 0x2e80 ? 2 : 1;
  const perLine = Math.max(Math.min(width * 0.8, 560) / 8, 10);
  const lines = Math.ceil((text.length * wide + (row.last ? 10 : 0)) / perLine) || 1;
  const chips = row.message.reactions.length ? 32 : 0;
  return 16 + lines * 22 + (row.first ? 12 : 2) + chips;
}

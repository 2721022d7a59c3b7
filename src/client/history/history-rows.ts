import type { ConversationRow, MessageRow } from '../database/database.js';
import type { Page, Standings } from './history-pages.js';
import {
  isHidden,
  messageState,
  toMessage,
  watermarks,
  type People,
  type Standing,
  type Watermarks,
} from '../messages/present.js';
import type { Message } from '../public.js';

type Entry = {
  readonly row: MessageRow;
  standing: Standing | undefined;
  message: Message | undefined;
};

const NO_MARKS: Watermarks = { delivered: 0, read: 0 };

/**
 * What a history window holds, in order, and the messages shown for it. A message stays the same
 * object until something about it changes, so that a list renders only the rows that differ.
 */
export class HistoryRows {
  /** Whether the last row is the newest that is stored. Only then do unsent messages follow it. */
  atEnd = true;
  readonly #people: People;
  readonly #most: number;
  #entries: readonly Entry[] = [];
  /** The piece of the log that the entries are the messages of. */
  #piece: { readonly from: number; readonly to: number } | undefined;
  #pending: readonly Entry[] = [];
  #marks: Watermarks = NO_MARKS;
  #messages: readonly Message[] = [];
  #isChanged = false;

  constructor(people: People, most: number) {
    this.#people = people;
    this.#most = most;
  }

  /** The `seq` of the first event that is looked at. */
  get first(): number | undefined {
    return this.#piece?.from;
  }

  /** The `seq` of the last event that is looked at. */
  get last(): number | undefined {
    return this.#piece?.to;
  }

  replace({ rows, from, to }: Page): void {
    const known = new Map(this.#entries.map((entry) => [entry.row.order, entry]));
    this.atEnd = true;
    this.#piece = from > to ? undefined : { from, to };
    // A row that was shown before keeps its message; a `seq` never gets another event.
    this.#set(rows.map((row) => reuse(known.get(row.order), row)));
  }

  append({ rows, from, to }: Page): void {
    if (from > to) return;
    this.#piece = { from: this.#piece?.from ?? from, to };
    if (rows.length) this.#set([...this.#entries, ...rows.map(toEntry)]);
  }

  /** A page below; `isLast` when nothing follows it. */
  appendPage(page: Page, isLast: boolean): void {
    this.atEnd = isLast;
    this.#isChanged = true;
    this.append(page);
  }

  /** A page above. What no longer fits goes from the other end. */
  prepend({ rows, from, to }: Page): void {
    if (from > to || !this.#piece) return;
    const all = [...rows.map(toEntry), ...this.#entries];
    if (all.length + this.#pending.length > this.#most) this.atEnd = false;
    this.#entries = all.slice(0, this.#most);
    const isCut = all.length > this.#most;
    const last = (isCut && this.#entries.at(-1)?.row.order) || this.#piece.to;
    this.#piece = { from, to: last };
    this.#isChanged = true;
  }

  /** What is above `seq` in the window is gone. */
  dropBefore(seq: number): void {
    this.#entries = this.#entries.filter(({ row }) => row.order >= seq);
    this.#isChanged = true;
  }

  /** What has become of the messages in a piece of the window. */
  stand(standings: Standings, { from, to }: Pick<Page, 'from' | 'to'>): void {
    for (const entry of this.#entries) {
      const { order } = entry.row;
      if (order < from || order > to) continue;
      const standing = standings.get(order);
      if (!standing && !entry.standing) continue;
      if (JSON.stringify(standing) === JSON.stringify(entry.standing)) continue;
      entry.standing = standing;
      entry.message = undefined;
      this.#isChanged = true;
    }
  }

  setPending(rows: readonly MessageRow[]): void {
    if (rows.length === 0 && this.#pending.length === 0) return;
    const known = new Map(this.#pending.map((entry) => [entry.row.order, entry]));
    this.#pending = rows.map((row) => reuse(known.get(row.order), row));
    this.#set(this.#entries);
  }

  /** Names have changed: every message is made anew when it differs. */
  forgetMessages(): void {
    this.#isChanged = true;
    for (const entry of [...this.#entries, ...this.#pending]) {
      if (entry.message && !this.#isCurrent(entry.message)) {
        entry.message = undefined;
      }
    }
  }

  /** All messages; the same array as before when nothing has changed. */
  messages(row: ConversationRow | undefined): readonly Message[] {
    this.#mark(row ? watermarks(row) : NO_MARKS);
    if (!this.#isChanged) return this.#messages;
    this.#isChanged = false;
    const entries = this.atEnd ? [...this.#entries, ...this.#pending] : this.#entries;
    const messages: Message[] = [];
    for (const entry of entries) {
      const { row: of, standing } = entry;
      if (standing && isHidden(standing, this.#people)) continue;
      messages.push((entry.message ??= toMessage(of, this.#people, this.#marks, standing)));
    }
    this.#messages = messages;
    return messages;
  }

  #set(entries: readonly Entry[]): void {
    const most = Math.max(this.#most - (this.atEnd ? this.#pending.length : 0), 0);
    this.#isChanged = true;
    this.#entries = entries;
    if (entries.length <= most) return;
    this.#entries = entries.slice(entries.length - most);
    const [first] = this.#entries;
    if (first && this.#piece) this.#piece = { ...this.#piece, from: first.row.order };
  }

  /** Own messages get another state when all others have got further. */
  #mark(marks: Watermarks): void {
    if (marks.delivered === this.#marks.delivered && marks.read === this.#marks.read) return;
    this.#marks = marks;
    for (const entry of this.#entries) {
      const { message, row } = entry;
      if (!message?.own) continue;
      if (messageState(row, this.#people.self, marks) === message.state) continue;
      entry.message = undefined;
      this.#isChanged = true;
    }
  }

  #isCurrent({ sender, content, reactions }: Message): boolean {
    const people = [sender, ...reactions.flatMap((reaction) => reaction.people)];
    if ('by' in content && content.by) people.push(content.by);
    return people.every((person) => this.#people.person(person.id) === person);
  }
}

function toEntry(row: MessageRow): Entry {
  return { row, standing: undefined, message: undefined };
}

function reuse(known: Entry | undefined, row: MessageRow): Entry {
  if (known?.row.clientId !== row.clientId) return toEntry(row);
  const isSame = row.pending === undefined || isSameText(known.row, row);
  return isSame && isSamePending(known.row.pending, row.pending) ? known : toEntry(row);
}

/** What waits may have been written anew. */
function isSameText(one: MessageRow, other: MessageRow): boolean {
  return JSON.stringify(one.body) === JSON.stringify(other.body);
}

function isSamePending(one: MessageRow['pending'], other: MessageRow['pending']): boolean {
  if (typeof one === 'object' && typeof other === 'object') return one.failed === other.failed;
  return one === other;
}

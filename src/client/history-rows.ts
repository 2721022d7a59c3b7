import type { ConversationRow, MessageRow } from './database/database.js';
import { messageState, toMessage, watermarks, type People, type Watermarks } from './present.js';
import type { Message } from './public.js';

type Entry = { readonly row: MessageRow; message: Message | undefined };

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
  #pending: readonly Entry[] = [];
  #marks: Watermarks = NO_MARKS;
  #messages: readonly Message[] = [];
  #isChanged = false;

  constructor(people: People, most: number) {
    this.#people = people;
    this.#most = most;
  }

  /** The `seq` of the first row. */
  get first(): number | undefined {
    return this.#entries[0]?.row.order;
  }

  /** The `seq` of the last row. */
  get last(): number | undefined {
    return this.#entries.at(-1)?.row.order;
  }

  replace(rows: readonly MessageRow[]): void {
    const known = new Map(this.#entries.map((entry) => [entry.row.order, entry]));
    this.atEnd = true;
    // A row that was shown before keeps its message; a `seq` never gets another event.
    this.#set(rows.map((row) => reuse(known.get(row.order), row)));
  }

  append(rows: readonly MessageRow[]): void {
    if (rows.length) this.#set([...this.#entries, ...rows.map(toEntry)]);
  }

  /** A page below; `isLast` when nothing follows it. */
  appendPage(rows: readonly MessageRow[], isLast: boolean): void {
    this.atEnd = isLast;
    this.#isChanged = true;
    this.append(rows);
  }

  /** A page above. What no longer fits goes from the other end. */
  prepend(rows: readonly MessageRow[]): void {
    if (rows.length === 0) return;
    const all = [...rows.map(toEntry), ...this.#entries];
    if (all.length + this.#pending.length > this.#most) this.atEnd = false;
    this.#entries = all.slice(0, this.#most);
    this.#isChanged = true;
  }

  /** What is above `seq` in the window is gone. */
  dropBefore(seq: number): void {
    this.#entries = this.#entries.filter(({ row }) => row.order >= seq);
    this.#isChanged = true;
  }

  setPending(rows: readonly MessageRow[]): void {
    if (rows.length === 0 && this.#pending.length === 0) return;
    const known = new Map(this.#pending.map((entry) => [entry.row.order, entry]));
    this.#pending = rows.map((row) => reuse(known.get(row.order), row));
    this.#set(this.#entries);
  }

  /** Names have changed: every message is made anew when it differs. */
  forgetMessages(): void {
    for (const entry of [...this.#entries, ...this.#pending]) {
      if (entry.message && !this.#isCurrent(entry.message)) {
        entry.message = undefined;
        this.#isChanged = true;
      }
    }
  }

  /** All messages; the same array as before when nothing has changed. */
  messages(row: ConversationRow | undefined): readonly Message[] {
    this.#mark(row ? watermarks(row) : NO_MARKS);
    if (!this.#isChanged) return this.#messages;
    this.#isChanged = false;
    const entries = this.atEnd ? [...this.#entries, ...this.#pending] : this.#entries;
    this.#messages = entries.map((entry) => {
      entry.message ??= toMessage(entry.row, this.#people, this.#marks);
      return entry.message;
    });
    return this.#messages;
  }

  #set(entries: readonly Entry[]): void {
    const most = Math.max(this.#most - (this.atEnd ? this.#pending.length : 0), 0);
    this.#entries = entries.length > most ? entries.slice(entries.length - most) : entries;
    this.#isChanged = true;
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

  #isCurrent({ sender, content }: Message): boolean {
    const { person } = this.#people;
    if (person(sender.id) !== sender) return false;
    return content.type !== 'system' || !content.by || person(content.by.id) === content.by;
  }
}

function toEntry(row: MessageRow): Entry {
  return { row, message: undefined };
}

function reuse(known: Entry | undefined, row: MessageRow): Entry {
  if (known?.row.clientId !== row.clientId) return toEntry(row);
  return isSamePending(known.row.pending, row.pending) ? known : toEntry(row);
}

function isSamePending(one: MessageRow['pending'], other: MessageRow['pending']): boolean {
  if (typeof one === 'object' && typeof other === 'object') return one.failed === other.failed;
  return one === other;
}

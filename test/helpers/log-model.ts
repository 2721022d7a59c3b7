/** What a server keeps, in the fewest words: logs that are folded from their beginning at every look. */
import {
  fold,
  isChangeKind,
  isMessageKind,
  NO_CHANGES,
  QUIET_KINDS,
  targetOf,
  type Changes,
} from '../../src/protocol/changes.js';
import type { Head, LogEvent } from '../../src/protocol/entities.js';
import { isFitChange } from '../../src/protocol/event-shapes.js';
import type { EventsFrame } from '../../src/protocol/server-frames.js';

const START = 1_795_478_400_000;

export class LogModel {
  readonly id: string;
  readonly log: LogEvent[] = [];
  read = 0;

  constructor(id: string) {
    this.id = id;
  }

  /** The place of a new event; undefined when the server would not have it. */
  append(sender: string, clientId: string, kind: string, body: unknown): LogEvent | undefined {
    const target = targetOf({ kind, body });
    if (target !== undefined && this.#refuses(sender, kind, target, body)) return;
    const seq = this.log.length + 1;
    const event = { seq, at: START + seq * 1_000, sender, clientId, kind, body };
    this.log.push(event);
    if (target !== undefined && (kind === 'recall' || kind === 'delete')) this.#blank(target);
    return event;
  }

  changes(target: number): Changes {
    return this.log.reduce(
      (changes, event) =>
        targetOf(event) === target && isFitChange(event.kind, event.body)
          ? fold(changes, event)
          : changes,
      NO_CHANGES,
    );
  }

  /** A page, as a range is answered. */
  range(place: { after: number } | { before: number }, limit: number): EventsFrame {
    const first =
      'after' in place
        ? place.after + 1
        : Math.max(Math.min(place.before, this.log.length + 1) - limit, 1);
    const end = 'after' in place ? first + limit : Math.min(place.before, this.log.length + 1);
    const events = this.log.slice(first - 1, end - 1);
    const to = first + events.length - 1;
    return { type: 'events', id: 1, conversation: this.id, from: first, to, events };
  }

  head(user: string): Head {
    const last = this.log.findLast(({ kind }) => isMessageKind(kind));
    const lastChanges = last && this.changes(last.seq);
    const pins = this.log
      .map(({ seq }) => ({ seq, pin: this.changes(seq).pin }))
      .filter(({ pin }) => pin?.on)
      .sort((one, other) => one.pin!.seq - other.pin!.seq)
      .map(({ seq, pin }) => ({ target: seq, at: pin!.at, by: pin!.by }));
    return {
      conversation: this.id,
      memberCount: 2,
      lastSeq: this.log.length,
      activeAt: this.log.at(-1)?.at ?? START,
      ...(last && { last }),
      ...(lastChanges && { lastChanges }),
      pins,
      read: this.read,
      unread: this.log.filter(
        ({ seq, sender, kind }) =>
          seq > this.read && sender !== user && !QUIET_KINDS.includes(kind),
      ).length,
      marks: [],
      people: [],
    };
  }

  #refuses(sender: string, kind: string, target: number, body: unknown): boolean {
    const event = this.log[target - 1];
    if (!event || !isMessageKind(event.kind)) return true;
    const { gone, versions } = this.changes(target);
    if (gone) return true;
    if (kind === 'react' || kind === 'pin' || !isChangeKind(kind)) return false;
    const isStale =
      kind === 'edit' && (body as { version: number }).version !== versions.length + 2;
    return event.sender !== sender || isStale;
  }

  #blank(target: number): void {
    for (const [index, event] of this.log.entries()) {
      const isEdit = event.kind === 'edit' && targetOf(event) === target;
      if (event.seq === target || isEdit) this.log[index] = { ...event, body: null };
    }
  }
}

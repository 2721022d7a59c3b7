/** One conversation in the store in memory. */
import type { Changes } from '../../../src/protocol/changes.js';
import type { LogEvent, Standing } from '../../../src/protocol/entities.js';
import type { StoredConversation, StoredMember, Trim } from './store.js';

export type Shelf = {
  conversation: StoredConversation;
  readonly members: Map<string, StoredMember>;
  /** `seq - trimmed - 1` is the index. */
  readonly log: LogEvent[];
  /** The places of events by sender and client id. */
  readonly clientIds: Map<string, number>;
  /** Removed events by their places, without their bodies; the oldest first. */
  readonly former: Map<number, LogEvent>;
  readonly changes: Map<number, Changes>;
  readonly counters: Map<string, number>;
};

export const pair = (one: string, other: string): string => `${one} ${other}`;

export function standingOf(
  { log, changes, conversation }: Shelf,
  seq: number,
): Standing | undefined {
  const event = log[seq - conversation.trimmed - 1];
  const state = changes.get(seq);
  return event && (state ? { event, changes: state } : { event });
}

export function trimShelf(shelf: Shelf, { upTo, forgetBefore, revision }: Trim): void {
  const removed = shelf.log.splice(0, upTo - shelf.conversation.trimmed);
  for (const event of removed) {
    shelf.changes.delete(event.seq);
    shelf.former.set(event.seq, { ...event, body: null });
  }
  for (const { seq, at, sender, clientId } of shelf.former.values()) {
    if (at >= forgetBefore) break;
    shelf.former.delete(seq);
    shelf.clientIds.delete(pair(sender, clientId));
  }
  shelf.conversation = { ...shelf.conversation, trimmed: upTo, revision };
}

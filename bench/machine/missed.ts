/** A data folder whose reader has missed much: some of every conversation is known, the rest is news. */
import { openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import type { NewEvent } from '../../server/src/store/store.js';
import { conversationWith, content, person, READER } from '../pages/content.js';
import { eventAt } from '../pages/log.js';

export type Missed = { readonly rooms: number; readonly missedInEach: number };

/** Fills an empty folder, and gives the cursor of a device that knows the first message of each room. */
export async function fillFolder(folder: string, { rooms, missedInEach }: Missed): Promise<string> {
  const store = openSqliteStore(folder);
  const people = Array.from({ length: rooms }, (_, index) => person(index));
  let revision = 0;
  const eventOf = (seq: number, index: number): NewEvent => {
    const event = eventAt(seq, index);
    return {
      conversation: conversationWith(index),
      event,
      bodyJson: JSON.stringify(event.body),
      device: undefined,
      n: 0,
      revision: ++revision,
    };
  };
  await store.commit({
    users: [READER, ...people],
    conversations: people.map(({ id }, index) => ({
      conversation: {
        ...{ id: conversationWith(index), kind: 'c2c', name: undefined, avatarUrl: undefined },
        ...{ lastSeq: 0, messageSeq: 0, trimmed: 0, activeAt: content(0).at },
        revision: ++revision,
      },
      members: [READER.id, id],
    })),
    events: people.map((_, index) => eventOf(1, index)),
  });
  const cursor = String(revision);
  for (const index of people.keys()) {
    const seqs = Array.from({ length: missedInEach }, (_, step) => step + 2);
    await store.commit({ events: seqs.map((seq) => eventOf(seq, index)) });
  }
  await store.close();
  return cursor;
}

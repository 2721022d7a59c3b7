import type { LogEvent } from '../../../src/protocol/entities.js';
import { c2cId, SYSTEM_USER } from '../../../src/protocol/ids.js';
import type { Commit, MarkUpdate, NewConversation, NewEvent, Store } from '../store/store.js';
import { PEOPLE, STORIES, type Story } from './stories.js';

const MINUTE_MS = 60_000;

/** Fills an empty store with the people and conversations of the demo; any other is left alone. */
export async function seedDemo(store: Store, now: number): Promise<void> {
  if ((await store.revision()) > 0) return;
  let revision = 0;
  const next = (): number => ++revision;
  const told = STORIES.map((story) => tell(story, now, next));
  const commit: Commit = {
    users: PEOPLE,
    conversations: told.map(({ conversation }) => conversation),
    events: told.flatMap(({ events }) => events),
    marks: told.flatMap(({ marks }) => marks),
  };
  await store.commit(commit);
}

type Told = {
  readonly conversation: NewConversation;
  readonly events: readonly NewEvent[];
  readonly marks: readonly MarkUpdate[];
};

function tell(story: Story, now: number, next: () => number): Told {
  const { members, name } = story;
  const id = story.id ?? c2cId(members[0] ?? '', members[1] ?? '');
  const log = logOf(story, now);
  const conversation = {
    id,
    kind: story.id ? 'group' : 'c2c',
    name,
    avatarUrl: undefined,
    lastSeq: 0,
    messageSeq: 0,
    trimmed: 0,
    activeAt: log[0]?.at ?? now,
    revision: next(),
  } as const;
  const events = log.map((event) => ({
    conversation: id,
    event,
    bodyJson: JSON.stringify(event.body),
    device: undefined,
    n: 0,
    revision: next(),
  }));
  const marks = members.map((user) => {
    const read = log.length - (story.unread?.[user] ?? 0);
    return { conversation: id, user, delivered: log.length, read, receipt: read, revision: next() };
  });
  return { conversation: { conversation, members }, events, marks };
}

function logOf(story: Story, now: number): readonly LogEvent[] {
  const log: LogEvent[] = story.lines.map(({ when, sender, text }, index) => ({
    seq: index + 1,
    at: timeOf(when, now),
    sender,
    clientId: `demo-${index + 1}`,
    kind: 'text',
    body: { text },
  }));
  const [first] = log;
  if (!story.id || !first) return log;
  const created = {
    seq: 1,
    at: first.at - 2 * MINUTE_MS,
    sender: SYSTEM_USER,
    clientId: 'created',
    kind: 'system',
    body: { action: 'created', name: story.name },
  };
  return [created, ...log.map((event) => ({ ...event, seq: event.seq + 1 }))];
}

/** @throws Error when a story's time is neither `12m` nor `2d 09:41`. */
function timeOf(when: string, now: number): number {
  const [, minutes] = /^(\d+)m$/.exec(when) ?? [];
  if (minutes !== undefined) return now - Number(minutes) * MINUTE_MS;
  const [, days, hour, minute] = /^(\d+)d (\d\d):(\d\d)$/.exec(when) ?? [];
  if (days === undefined) throw new Error(`"${when}" is no time of a story.`);
  const date = new Date(now);
  date.setDate(date.getDate() - Number(days));
  return date.setHours(Number(hour), Number(minute), 0, 0);
}

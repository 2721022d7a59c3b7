/** What the log of a server tells of the sessions of a user, one after the other. */
import type { TestServer } from './start-server.js';

export type Session = {
  readonly at: number;
  readonly type: 'session-open' | 'session-close';
  /** How many are ready from then on. */
  readonly count: number;
};

type Line = { readonly type?: string; readonly user?: string; readonly time?: string };

/** Every opening and closing. The server has to log at the level `debug`. */
export function sessionsOf(server: TestServer, user: string): readonly Session[] {
  const sessions: Session[] = [];
  let count = 0;
  for (const text of server.output.split('\n')) {
    // Another process: whatever was open has gone with the one before.
    if (text.includes('listening on http')) count = 0;
    if (!text.includes('"session-')) continue;
    const { type, user: whose, time = '' } = JSON.parse(text) as Line;
    if (whose !== user || (type !== 'session-open' && type !== 'session-close')) continue;
    count += type === 'session-open' ? 1 : -1;
    sessions.push({ at: Date.parse(time), type, count });
  }
  return sessions;
}

/** When a session was opened for the first time at or after a moment. */
export function opened(server: TestServer, user: string, since: number): number | undefined {
  return sessionsOf(server, user).find(({ type, at }) => type === 'session-open' && at >= since)
    ?.at;
}

/** The most sessions that were ready at the same time. */
export function mostAtOnce(server: TestServer, user: string): number {
  return Math.max(0, ...sessionsOf(server, user).map(({ count }) => count));
}

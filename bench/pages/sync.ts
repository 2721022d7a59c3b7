/** A device that has been away: the client fetches and stores what it has missed, `?messages=` of them. */
import { createClient } from '../../src/client/create-client.js';
import { READER } from './content.js';
import { sayPainted } from './painted.js';
import { longestTaskMs } from './watch-tasks.js';

const server = new URLSearchParams(location.search).get('server')!;
const startedAt = performance.now();
const client = createClient({ server, token: 'none', userId: READER.id });

let behindAt: number | undefined;
client.connection.subscribe({
  next: ({ status }) => {
    const now = performance.now();
    if (status === 'catching-up') behindAt ??= now;
    if (status !== 'connected' || behindAt === undefined) return;
    // With the way to the server, and without.
    const [tookMs, behindMs] = [now - startedAt, now - behindAt];
    sayPainted({ tookMs, behindMs, longestTaskMs: longestTaskMs() });
  },
});

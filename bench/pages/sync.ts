/** A device that has been away: the client fetches and stores what it has missed, `?messages=` of them. */
import { createClient } from '../../src/client/create-client.js';
import { READER } from './content.js';
import { sayPainted } from './painted.js';
import { longestTaskMs } from './watch-tasks.js';

const server = new URLSearchParams(location.search).get('server')!;
const startedAt = performance.now();
const client = createClient({ server, token: 'none', userId: READER.id });

let wasBehind = false;
client.connection.subscribe({
  next: ({ status }) => {
    if (status === 'catching-up') wasBehind = true;
    if (status !== 'connected' || !wasBehind) return;
    sayPainted({ tookMs: performance.now() - startedAt, longestTaskMs: longestTaskMs() });
  },
});

/** Faults in the product that a test of this folder has to find: each names the file that does. */
import type { Patch } from '../helpers/preload.js';

export type Mutant = Patch & { readonly name: string; readonly foundBy: string };

const COMMIT = 'await this.#options.store.commit(draft);';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the server acknowledges before its commit',
    foundBy: 'chaos',
    file: 'server/src/core/log/journal.ts',
    find: COMMIT,
    replace: `
      for (const work of works.splice(0)) work.committed();
      this.#options.afterCommit();
      await new Promise((resolve) => setTimeout(resolve, 150));
      ${COMMIT}`,
  },
  {
    name: 'the server takes a repeat for a new message',
    foundBy: 'chaos',
    file: 'server/src/core/log/append.ts',
    find: 'if (turn && turn.n !== turn.counter.draft) return this.#outOfTurn(turn.n, turn.counter);',
    replace: `if (turn && turn.n < turn.counter.next) {
      Object.assign(this.#entry, { clientId: 'again-' + Math.random().toString(36).slice(2) });
    }`,
  },
  {
    name: 'the client steps over a hole',
    foundBy: 'chaos',
    file: 'src/client/sync/apply-log.ts',
    find: 'if (frame.from > row.local.to + 1) {',
    replace: 'if (frame.from < 0) {',
  },
  {
    name: 'the client forgets a message once it is sent',
    foundBy: 'chaos',
    file: 'src/client/outbox/outbox.ts',
    find: 'const answer = connection.requests.wait(id, TIMES.requestTimeoutMs);',
    replace: `const answer = connection.requests.wait(id, TIMES.requestTimeoutMs);
      void this.#options.storage.use((db) => db.outbox.delete(key));`,
  },
  {
    name: 'the client goes by the clock',
    foundBy: 'clocks',
    file: 'src/client/sync/apply-log.ts',
    find: 'const rows = frame.events.map(',
    replace: 'const rows = frame.events.filter(({ at }) => at <= Date.now() + 60_000).map(',
  },
  {
    name: 'the server takes a refused commit for a good one',
    foundBy: 'disk',
    file: 'server/src/store/sqlite-writer.ts',
    find: `this.#rollBack();
      throw asStoreError(error);`,
    replace: `this.#rollBack();
      if (commit.events === undefined) throw asStoreError(error);`,
  },
  {
    name: 'a silent server is taken for a living one',
    foundBy: 'half-open',
    file: 'src/client/connection/heartbeat.ts',
    find: 'if (!this.#stopped) {',
    replace: 'if (this.#stopped) {',
  },
  {
    name: 'a socket is asked after a long sleep whether it lives',
    foundBy: 'half-open',
    file: 'src/client/connection/heartbeat.ts',
    find: 'if (stoodStillMs <= LIMITS.silentHeartbeats * everyMs)',
    replace: 'if (stoodStillMs <= Infinity)',
  },
  {
    name: 'clients come back all at one time, and late',
    foundBy: 'storm',
    file: 'src/client/connection/backoff.ts',
    find: 'return random *',
    replace: 'if (attempt === 0) return 6_000;\n  return random *',
  },
  {
    name: 'all that happens waits for a slow reader',
    foundBy: 'slow-reader',
    file: 'src/protocol/limits.ts',
    find: 'bufferedBytes: 245_760,',
    replace: 'bufferedBytes: 16_000_000,',
  },
  {
    name: 'a slow reader is never told that a conversation has moved',
    foundBy: 'slow-reader',
    file: 'server/src/core/sessions/session.ts',
    find: 'if (text !== undefined) this.tell(id, text);',
    replace: '',
  },
];

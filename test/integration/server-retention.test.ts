import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import { conversation, event } from '../conformance/store-suite.js';
import { RawPeer } from '../helpers/raw-peer.js';
import { startServer, type TestServer } from '../helpers/start-server.js';

const DAY_MS = 86_400_000;
const GROUP = 'group:tea';

describe('a server that is told to keep messages for a week', () => {
  let data: string;
  let server: TestServer;

  before(async () => {
    data = mkdtempSync(join(tmpdir(), 'im-kit-retention-'));
    const store = openSqliteStore(data);
    const ages = [30, 20, 10, 3, 1];
    await store.commit({
      users: [{ id: 'alice', name: 'Alice' }],
      conversations: [conversation(GROUP, 1, ['alice'])],
      events: ages.map((days, index) => {
        const made = event(GROUP, index + 1, index + 2, 'alice');
        return { ...made, event: { ...made.event, at: Date.now() - days * DAY_MS } };
      }),
    });
    await store.close();
    server = await startServer({ data, flags: ['--keep-days', '7'] });
  });

  after(async () => {
    await server.stop();
    rmSync(data, { recursive: true });
  });

  test('removes what is older soon after it has started, and says so to those who are there', async () => {
    const alice = await RawPeer.open(server.url, await server.token('alice'));
    const told = await alice.next((frame) => frame.type === 'head' && !('id' in frame));
    assert.equal(told.type === 'head' && told.head.trimmed, 3);
    const asked = { type: 'range', conversation: GROUP, after: 0, limit: 200 };
    const { from, to, trimmed } = await alice.request('events', asked);
    assert.deepEqual([from, to, trimmed], [4, 5, 3]);
    alice.close();
    assert.match(server.output, /"events":3,"msg":"old events are removed"/);
  });
});

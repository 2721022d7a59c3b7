import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Head } from '../../protocol/entities.js';
import { selfId } from '../../protocol/ids.js';
import type { SetBody } from '../../protocol/registers.js';
import type { EventsFrame, HeadsFrame } from '../../protocol/server-frames.js';
import { Database, newConversation } from '../database/database.js';
import { applyHeads } from './apply-heads.js';
import { applyEvents } from './apply-log.js';
import { Batch } from './batch.js';
import { needsOf } from './needs.js';

const HIKERS = 'group:hikers';
const SELF = selfId('mara');

function kept(seq: number, body: SetBody): EventsFrame {
  const event = { seq, at: seq, sender: 'mara', clientId: `k${seq}`, kind: 'set', body };
  return { type: 'events', conversation: SELF, from: seq, to: seq, events: [event] };
}

function heads(...ids: readonly string[]): HeadsFrame {
  const list = ids.map((conversation): Head => ({
    ...{ conversation, memberCount: 2, lastSeq: 0, activeAt: 1 },
    ...{ pins: [], read: 0, unread: 0, marks: [], people: [] },
  }));
  return { type: 'heads', id: 1, heads: list, cursor: '1', more: false };
}

describe('a conversation that is new on a device', () => {
  let db: Database;

  beforeEach(async () => {
    db = new Database('kept', { indexedDB: new IDBFactory(), IDBKeyRange });
    await db.open();
    await db.conversations.put({ ...newConversation(SELF, 0), local: { from: 1, to: 0 } });
  });

  afterEach(() => db.close());

  function apply(...frames: readonly (EventsFrame | HeadsFrame)[]): Promise<void> {
    return db.write(async () => {
      const batch = await Batch.load(db, 'mara', needsOf(frames, 'mara'));
      for (const frame of frames) {
        if (frame.type === 'heads') applyHeads(batch, frame, false);
        else applyEvents(batch, frame);
      }
      await batch.save();
    });
  }

  const draft = kept(1, { name: 'draft', conversation: HIKERS, value: 'Who brings the map?' });
  const pin = kept(2, { name: 'pinned', conversation: HIKERS, value: 1 });

  for (const [when, batches] of [
    ['before it', [[draft], [pin], [heads(HIKERS)]]],
    ['right before it, in one transaction', [[draft, pin, heads(HIKERS)]]],
    ['before it, in part in the same transaction', [[draft], [pin, heads(HIKERS)]]],
    ['after it', [[heads(HIKERS), draft, pin]]],
  ] as const) {
    test(`shows what its user keeps about it, when that comes ${when}`, async () => {
      for (const frames of batches) await apply(...frames);
      const row = await db.conversations.get(HIKERS);
      assert.deepEqual([row?.draft, row?.own], ['Who brings the map?', { pinned: 1 }]);
    });
  }

  test('shows the newest value of two, one of them stored before', async () => {
    await apply(draft);
    await apply(kept(2, { name: 'draft', conversation: HIKERS, value: '' }), heads(HIKERS));
    assert.equal((await db.conversations.get(HIKERS))?.draft, '');
  });
});

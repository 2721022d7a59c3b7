import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { openSqliteStore } from '../../server/src/store/open-sqlite-store.js';
import type { Store } from '../../server/src/store/store.js';
import type { ImClient } from '../../src/client/public.js';
import { connected, showing } from '../helpers/client-ways.js';
import { World } from '../helpers/core-world.js';
import { texts, until } from '../helpers/live.js';
import { HARBOUR, oldContents, oldDevice, oldFolder, PAIR, STRANGER } from './version-1.js';

describe('a browser that has been on version 1', () => {
  let folder: ReturnType<typeof oldFolder>;
  let store: Store;
  let world: World;

  beforeEach(() => {
    folder = oldFolder();
    store = openSqliteStore(folder.path);
    world = new World(store);
  });

  afterEach(async () => {
    await world.stop();
    await store.close();
    folder.remove();
  });

  async function offline(): Promise<ImClient> {
    world.online = false;
    const alice = world.client(await oldDevice());
    await until(alice.storage, ({ status }) => status === 'persistent');
    return alice;
  }

  test('shows all that it had, without a server', async () => {
    const alice = await offline();
    const list = await until(alice.conversations, (rows) => rows.length === 4);
    assert.deepEqual(list.map(({ id, title, draft }) => [id, title, draft]).sort(), [
      [PAIR, 'Bob', 'By the way'],
      ['c2c:alice:lin', '林佳', ''],
      [STRANGER, 'nobody', ''],
      [HARBOUR, '夜班 Harbour', '我晚上'],
    ]);
    const harbour = list.find(({ id }) => id === HARBOUR);
    assert.deepEqual([harbour?.unread, harbour?.readSeq, harbour?.memberCount], [33, 40, 4]);

    const pair = await showing(alice.history(PAIR), [
      'Good morning, Bob',
      '早上好，Alice',
      'The ferry leaves at nine.',
      '别忘了带上清单',
    ]);
    assert.deepEqual(
      pair.messages.map(({ state }) => state.status),
      ['sent', 'received', 'sending', 'queued'],
    );
    const refused = await showing(alice.history(STRANGER), ['Is anybody there?']);
    assert.equal(refused.messages[0]?.state.status, 'failed');
    const window = await until(
      alice.history(HARBOUR).state,
      ({ messages }) => messages.length > 49,
    );
    assert.equal(window.messages.at(-1)?.content.type, 'text');
    assert.equal(texts(window).at(-1), 'I am on my way.');
    assert.equal(window.hasOlder, true);
  });

  test('sends what waits exactly once, and brings what it has missed', async () => {
    const before = oldContents().conversations;
    const alice = await offline();
    world.online = true;
    await connected(alice);
    const window = alice.history(PAIR);
    await until(window.state, ({ messages }) => messages.at(-1)?.seq === 4);
    await showing(window, [
      'Good morning, Bob',
      '早上好，Alice',
      'The ferry leaves at nine.',
      '别忘了带上清单',
    ]);
    const harbour = alice.history(HARBOUR);
    await until(harbour.state, ({ messages }) => messages.at(-1)?.seq === 76);
    for (const [id, last] of [
      [PAIR, 4],
      [HARBOUR, 76],
    ] as const) {
      const old = before.find(({ conversation }) => conversation.id === id)!.events;
      const log = await store.range(id, 0, 1_000, 1_000);
      assert.equal(log.length, last);
      assert.deepEqual(log.slice(0, old.length), old);
      const bodies = log.map(({ body }) => JSON.stringify(body));
      assert.equal(new Set(bodies).size, bodies.length);
    }

    // The device's own numbers go on as well.
    await alice.sendText(PAIR, 'The next one');
    await until(window.state, ({ messages }) => messages.at(-1)?.seq === 5);
    assert.equal((await store.range(PAIR, 4, 5, 9))[0]?.sender, 'alice');
  });
});

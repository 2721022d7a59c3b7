import assert from 'node:assert/strict';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { Database } from '../database/database.js';
import { Term } from './term.js';

describe('the term of a leader', () => {
  let db: Database;
  let over: string[];

  beforeEach(async () => {
    db = new Database('tabs', { indexedDB: new IDBFactory(), IDBKeyRange });
    over = [];
    await db.open();
  });

  afterEach(() => db.close());

  const leader = (name: string): Term => new Term(() => over.push(name));
  const setCursor = (value: string) => (): Promise<unknown> =>
    db.meta.put({ key: 'cursor', value });
  const cursor = async (): Promise<string | undefined> => (await db.meta.get('cursor'))?.value;

  test('lets a leader write until another one has raised it', async () => {
    const [first, second] = [leader('first'), leader('second')];
    await first.claim(db);
    await first.write(db, setCursor('of the first'));
    await second.claim(db);
    assert.deepEqual([first.value, second.value], [1, 2]);

    await assert.rejects(first.write(db, setCursor('from the past')), { code: 'device/replaced' });
    assert.equal(await cursor(), 'of the first');
    assert.deepEqual(over, ['first']);
    await second.write(db, setCursor('of the second'));
    assert.equal(await cursor(), 'of the second');
    await assert.rejects(first.claim(db), { code: 'device/replaced' });
  });

  test('is not raised by a tab that leads no more once it gets to it', async () => {
    const [first, stale] = [leader('first'), leader('stale')];
    await first.claim(db);
    await stale.claim(db, () => false);
    assert.equal(stale.value, undefined);
    await first.write(db, setCursor('of the first'));
    assert.deepEqual(over, []);
  });

  test('is over outside of the transaction that has found that out', async () => {
    let begun: Promise<unknown> = Promise.resolve();
    const old = new Term(() => {
      begun = db.meta.put({ key: 'policy', value: 'begun then' });
    });
    await old.claim(db);
    await leader('next').claim(db);
    await assert.rejects(old.write(db, setCursor('no')), { code: 'device/replaced' });
    await begun;
    assert.equal((await db.meta.get('policy'))?.value, 'begun then');
  });

  test('undoes nothing of a transaction that began before it was raised, and all that come after', async () => {
    const [first, second] = [leader('first'), leader('second')];
    await first.claim(db);
    const slow = first.write(db, async () => {
      await setCursor('half done')();
      await setCursor('done')();
    });
    const raised = second.claim(db);
    const late = first.write(db, setCursor('too late'));
    await Promise.all([slow, raised]);
    await assert.rejects(late, { code: 'device/replaced' });
    assert.equal(await cursor(), 'done');
  });

  test('lets nobody write who has none', async () => {
    await assert.rejects(leader('nobody').write(db, setCursor('no')), { code: 'device/replaced' });
    assert.equal(await cursor(), undefined);
  });

  test('is put again into a database that has been emptied', async () => {
    const [first, second] = [leader('first'), leader('second')];
    await first.claim(db);
    await db.meta.clear();
    await first.write(db, setCursor('anew'));
    assert.equal(await cursor(), 'anew');
    await second.claim(db);
    assert.equal(second.value, 2);
  });

  test('cannot be looked at, nor anything else, while the page is frozen', async () => {
    const first = leader('first');
    await first.claim(db);
    const running = first.write(db, setCursor('half done'));
    db.halt();
    await assert.rejects(running, { name: 'AbortError' });
    await assert.rejects(cursor(), { name: 'AbortError' });
    await assert.rejects(first.write(db, setCursor('no')), { name: 'AbortError' });
    db.isHalted = false;
    assert.equal(await cursor(), undefined);
    assert.deepEqual(over, []);
  });

  test('is not looked at where nobody else can lead', async () => {
    const alone = leader('alone');
    alone.value = 0;
    await db.meta.put({ key: 'term', value: '9' });
    await alone.claim(db);
    await alone.write(db, setCursor('mine'));
    assert.equal(await cursor(), 'mine');
    assert.deepEqual(over, []);
  });
});

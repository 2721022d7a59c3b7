import './globals.js';
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Clock, type Owner } from './clock.js';
import { follow } from './globals.js';
import { Disk, PageFactory } from './indexed-db.js';
import { Random } from './random.js';
import { Standstill } from './standstill.js';

const owner: Owner = { name: 'alice-1', stepMs: () => 0.05, lastStepAt: 0 };

/** A page with a database that holds notes. */
class NotePage {
  readonly disk: Disk;
  readonly factory: PageFactory;
  readonly standstill: Standstill;
  db: IDBDatabase | undefined;
  /** What has become of what it has written, and of its requests. */
  readonly ends: string[] = [];
  readonly requests: string[] = [];

  constructor(clock: Clock, disk: Disk) {
    this.disk = disk;
    const random = new Random(1, 'page');
    this.standstill = new Standstill(clock, owner, random);
    this.factory = new PageFactory({
      ...{ disk, random, standstill: this.standstill, onOverruled: () => undefined },
      moods: { abort: undefined, isUnopenable: false },
    });
    const request = this.factory.open('notes', 1);
    request.onupgradeneeded = () => {
      for (const name of ['notes', 'drafts']) request.result.createObjectStore(name);
    };
    request.onsuccess = () => (this.db = request.result);
  }

  write(store: string): void {
    const transaction = this.db?.transaction(store, 'readwrite');
    const request = transaction?.objectStore(store).put('Tea at four', 1);
    for (const type of ['success', 'error']) {
      request?.addEventListener(type, () => this.requests.push(type));
    }
    transaction?.addEventListener('complete', () => this.ends.push('complete'));
    transaction?.addEventListener('abort', () => this.ends.push('abort'));
  }
}

let clock: Clock;
let one: NotePage;
let other: NotePage;

beforeEach(async () => {
  clock = new Clock();
  clock.owner = owner;
  owner.lastStepAt = 0;
  follow(clock);
  const disk = new Disk();
  [one, other] = [new NotePage(clock, disk), new NotePage(clock, disk)];
  await clock.run(100);
});

test('a page goes at once while another one stands still in a transaction', async () => {
  one.write('notes');
  one.standstill.isOn = true;
  await clock.run(200);
  const before = clock.events;
  other.factory.die();
  await clock.run(10_000);
  assert.ok(clock.events - before < 20, `${clock.events - before} events`);
  one.standstill.end();
  await clock.run(20_000);
  assert.deepEqual(one.ends, ['complete']);
});

test('a connection that is closed still ends what it has open, and then gives way', async () => {
  one.write('notes');
  one.standstill.isOn = true;
  other.write('drafts');
  other.db?.close();
  assert.throws(() => other.write('drafts'), { name: 'InvalidStateError' });
  await clock.run(200);
  assert.deepEqual(other.ends, ['complete']);
  let isOpen = false;
  one.factory.die();
  other.factory.open('notes', 2).onsuccess = () => (isOpen = true);
  await clock.run(300);
  assert.ok(isOpen);
});

test('a page that stands still gives up its own transactions, and hears of that when it goes on', async () => {
  other.write('notes');
  other.standstill.isOn = true;
  one.standstill.isOn = true;
  await clock.run(200);
  const third = new NotePage(clock, one.disk);
  await clock.run(300);
  third.write('notes');
  await clock.run(400);
  assert.deepEqual([other.ends, third.ends], [[], ['complete']]);

  other.standstill.end();
  await clock.run(500);
  assert.deepEqual(other.requests, ['error']);
  assert.deepEqual(other.ends, ['abort']);
});

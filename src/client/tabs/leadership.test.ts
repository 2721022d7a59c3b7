import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { settle } from '../../../test/helpers/core-device.js';
import { FakeBrowser, type FakeTab } from '../../../test/helpers/fake-tabs.js';
import { Leadership, type Role } from './leadership.js';
import { Term } from './term.js';

const PLACE = 'im-kit/chat.test/alice';

type Candidate = {
  readonly tab: FakeTab;
  readonly leadership: Leadership;
  readonly term: Term;
  readonly roles: Role[];
  readonly ending: AbortController;
};

describe('the tab that leads', () => {
  let browser: FakeBrowser;

  beforeEach(() => {
    browser = new FakeBrowser();
  });

  async function open(): Promise<Candidate> {
    const tab = browser.tab();
    const term = new Term(() => leadership.stepDown());
    const roles: Role[] = [];
    const ending = new AbortController();
    const leadership: Leadership = new Leadership({
      term,
      signal: ending.signal,
      onRole: (role) => roles.push(role),
    });
    const locks = tab.environment.locks();
    if (locks) leadership.join(locks, PLACE);
    await settle();
    return { tab, leadership, term, roles, ending };
  }

  const rolesOf = (all: readonly Candidate[]): Role[] =>
    all.map(({ leadership }) => leadership.role);

  test('is the first one, and when it goes the one that has waited longest', async () => {
    const all = [await open(), await open(), await open()];
    assert.deepEqual(rolesOf(all), ['leading', 'following', 'following']);
    all[0]?.tab.close();
    await settle();
    assert.deepEqual(rolesOf(all).slice(1), ['leading', 'following']);
    all[1]?.ending.abort();
    await settle();
    assert.equal(all[2]?.leadership.role, 'leading');
    assert.equal(browser.waiting(PLACE), 0);
  });

  test('is whoever takes the lock away; the one that had it queues for it again', async () => {
    const [first, second] = [await open(), await open()];
    first.term.value = 7;
    second.leadership.steal();
    await settle();
    assert.deepEqual(rolesOf([first, second]), ['following', 'leading']);
    assert.equal(first.term.value, undefined);
    assert.equal(browser.waiting(PLACE), 1, 'nobody waits twice');
    second.tab.close();
    await settle();
    assert.equal(first.leadership.role, 'leading');
    assert.deepEqual(first.roles, ['leading', 'following', 'leading']);
  });

  test('is never two at the same time as far as anybody knows', async () => {
    const all = [await open(), await open(), await open(), await open()];
    for (let turn = 0; turn < 40; turn++) {
      const chosen = all[turn % 4];
      if (turn % 7 === 3) chosen?.leadership.rest();
      else if (turn % 7 === 5) chosen?.leadership.wake();
      else chosen?.leadership.steal();
      await settle();
      assert.ok(rolesOf(all).filter((role) => role === 'leading').length <= 1, `turn ${turn}`);
    }
    for (const { leadership } of all) leadership.wake();
    await settle();
    assert.equal(rolesOf(all).filter((role) => role === 'leading').length, 1);
  });

  test('lets go when its page is frozen, and takes part again afterwards', async () => {
    const [first, second] = [await open(), await open()];
    first.leadership.rest();
    await settle();
    assert.deepEqual(rolesOf([first, second]), ['resting', 'leading']);
    second.leadership.rest();
    first.leadership.wake();
    await settle();
    assert.deepEqual(rolesOf([first, second]), ['leading', 'resting']);
  });

  test('steps down when another one has raised the term, although the lock is its own', async () => {
    const [first, second] = [await open(), await open()];
    first.leadership.stepDown();
    await settle();
    assert.deepEqual(rolesOf([first, second]), ['following', 'leading']);
  });

  test('is alone where there are no locks to be had', async () => {
    const { leadership, term } = await open();
    leadership.goAlone();
    assert.equal(term.value, 0);
    const elsewhere = await open();
    assert.equal(elsewhere.leadership.role, 'leading', 'the lock is free for others');

    const refusing = new Leadership({
      term,
      signal: new AbortController().signal,
      onRole: () => undefined,
    });
    refusing.join({ request: () => Promise.reject(new Error('No locks here.')) }, PLACE);
    await settle();
    assert.equal(refusing.role, 'leading');
  });

  test('is waited for, and no longer than until the end', async () => {
    const [first, second] = [await open(), await open()];
    const turns: string[] = [];
    void first.leadership.turn().then(() => turns.push('first'));
    void second.leadership.turn().then(() => turns.push('second'));
    await settle();
    assert.deepEqual(turns, ['first']);
    second.ending.abort();
    await settle();
    assert.deepEqual(turns, ['first', 'second']);
  });
});

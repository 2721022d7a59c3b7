/** What every store must do with devices, whatever it keeps them in. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import type { DeviceUpdate, Store } from '../../server/src/store/store.js';
import { AT, conversation } from './store-suite.js';

const phone = (user: string, seenAt: number, rest: object = {}): DeviceUpdate => ({
  ...{ user, id: 'phone', label: 'Safari on iPhone', platform: 'mobile' },
  ...{ createdAt: AT, seenAt, hidden: false, ...rest },
});

/** Registers the tests; `open` gives an empty store. */
export function deviceSuite(open: () => Promise<Store>): void {
  let store: Store;

  beforeEach(async () => {
    store = await open();
  });

  afterEach(() => store.close());

  test('remembers devices, what is new about them, and that they are signed out', async () => {
    const laptop = { id: 'laptop', label: undefined, platform: 'web' } as const;
    await store.commit({ devices: [phone('lin', AT), phone('alice', AT, laptop)] });
    await store.commit({ devices: [phone('alice', AT + 1)] });
    await store.commit({
      devices: [phone('alice', AT + 9, { createdAt: AT + 9, label: '手机', hidden: true })],
      signOuts: [{ user: 'alice', device: 'phone', at: AT + 8 }],
    });
    const { devices } = store;
    const stored = { platform: 'mobile', createdAt: AT, signedOutAt: AT + 8, hidden: true };
    assert.deepEqual(await devices.of('alice'), [
      { id: 'phone', label: '手机', seenAt: AT + 9, ...stored },
      { ...laptop, createdAt: AT, seenAt: AT, signedOutAt: undefined, hidden: false },
    ]);
    await store.commit({ devices: [phone('alice', AT + 20)] });
    assert.equal((await devices.one('alice', 'phone'))?.signedOutAt, AT + 8);
    assert.equal((await devices.one('lin', 'phone'))?.signedOutAt, undefined);
    await store.commit({ forgotten: [{ user: 'alice', device: 'phone' }] });
    assert.equal(await devices.one('alice', 'phone'), undefined);
    assert.deepEqual(await devices.of('nobody'), []);
    const half = { devices: [phone('alice', AT, { label: 'x\ud800' })] };
    await assert.rejects(store.commit(half), { code: 'request/invalid' });
  });

  test('remembers from when on tokens count, and lets it rise only', async () => {
    await store.commit({ users: [{ id: 'alice', name: 'Alice' }] });
    assert.equal(await store.devices.revokedBefore('alice'), 0);
    await store.commit({ revocations: [{ user: 'alice', before: AT }] });
    await store.commit({ revocations: [{ user: 'alice', before: AT - 1 }] });
    await store.commit({ users: [{ id: 'alice', name: 'Alice M.' }] });
    assert.equal(await store.devices.revokedBefore('alice'), AT);
    assert.equal(await store.devices.revokedBefore('lin'), 0);
  });

  test('knows when people were last seen where they are not hidden, and who knows whom', async () => {
    await store.commit({
      conversations: [
        conversation('group:tea', 1, ['alice', 'lin']),
        conversation('c2c:bob:lin', 2, ['bob', 'lin']),
      ],
      devices: [
        phone('lin', AT + 5),
        phone('lin', AT + 9, { id: 'laptop', hidden: true }),
        phone('bob', AT, { hidden: true }),
      ],
    });
    const { devices } = store;
    const people = ['lin', 'bob', 'alice', 'nobody'];
    assert.deepEqual([...(await devices.lastSeen(people))], [['lin', AT + 5]]);
    assert.deepEqual([...(await devices.acquainted('alice', people))].sort(), ['alice', 'lin']);
    assert.deepEqual([...(await devices.acquainted('lin', people))].sort(), [
      'alice',
      'bob',
      'lin',
    ]);
    assert.deepEqual([...(await devices.acquainted('nobody', people))], []);
  });
}

/** Whatever a client says wrongly gets its code, changes nothing, is told to the log once, and harms no more. */
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { LIMITS, SEND_RATES } from '../../../src/protocol/limits.js';
import { CLIENT_SHAPES, type Field, type Shape } from '../../../src/protocol/shapes.js';
import { settle, TestCore, type Device } from '../../../test/helpers/core-device.js';

const PAIR = 'c2c:alice:bob';
const FOREIGN = 'group:kiln';
const PEOPLE = ['alice', 'bob', 'lin'] as const;

type Row = readonly [what: string, frame: object, code: string];

/** All that a store has, as text. */
async function contents({ store }: TestCore): Promise<string> {
  const conversations = [PAIR, FOREIGN, 'c2c:alice:lin', 'c2c:bob:lin', 'self:alice'];
  return JSON.stringify([
    store.commits,
    await store.revision(),
    await store.users(PEOPLE),
    await Promise.all(conversations.map((id) => store.conversation(id))),
    await Promise.all(conversations.map((id) => store.members(id))),
    await Promise.all(conversations.map((id) => store.range(id, 0, 9_999, 9_999))),
    await Promise.all(conversations.map((id) => store.nextN(id, 'alice', 'of-alice'))),
    await Promise.all(PEOPLE.map((user) => store.heads(user, 0, 99))),
    await Promise.all(PEOPLE.map((user) => store.devices.of(user))),
    [await store.standing(PAIR, [1, 2, 3]), await store.pins(PAIR)],
  ]);
}

/** A pair with a message of each, the first one gone, and a group that Alice is not in. */
async function fill(world: TestCore): Promise<void> {
  const { core } = world;
  await core.createGroup({ id: FOREIGN, name: 'Kiln', members: ['bob', 'lin'] });
  await core.post(FOREIGN, 'bob', 'text', { text: 'For two' });
  await core.createPair('alice', 'bob');
  const words = [
    ['alice', 'Gone soon'],
    ['alice', 'Mine'],
    ['bob', 'His'],
  ] as const;
  for (const [sender, text] of words) await core.post(PAIR, sender, 'text', { text });
  await core.post(PAIR, 'alice', 'recall', { target: 1 });
  await world.connect('bob');
}

async function refuses(world: TestCore, frame: object, code: string): Promise<void> {
  const alice = await world.connect('alice');
  await settle();
  const held = await contents(world);
  const observed = world.observed.length;
  const refusal = await alice.ask('error', frame);
  assert.equal(refusal.code, code, refusal.message);
  assert.equal(await contents(world), held);
  const told = world.observed.slice(observed);
  assert.deepEqual(
    told.map((event) => (event.type === 'refused' ? event.code : event.type)),
    [code],
  );
  await alice.ask('pong', { type: 'ping' });
  alice.session.closed();
}

const send = (kind: string, body: unknown, rest: object = {}): object => ({
  ...{ type: 'send', conversation: PAIR, clientId: 'k0', n: 0, kind, body },
  ...rest,
});

/** A frame of each type with nothing wrong about it. */
const GOOD: { readonly [T in keyof typeof CLIENT_SHAPES]: Readonly<Record<string, unknown>> } = {
  hello: { version: 2, token: 'alice', device: 'd', label: 'x', platform: 'web', presence: 'away' },
  send: { conversation: PAIR, clientId: 'k0', n: 0, kind: 'text', body: { text: 'x' } },
  sync: { cursor: '' },
  range: { conversation: PAIR, after: 0, limit: 1 },
  open: { conversation: PAIR },
  messages: { conversation: PAIR, seqs: [1] },
  readers: { conversation: PAIR, seq: 2, read: true },
  'look-up': { users: ['bob'] },
  mark: { marks: [] },
  typing: { conversation: PAIR, active: true },
  presence: { state: 'active' },
  watch: { users: ['bob'] },
  devices: {},
  'sign-out': { device: 'd' },
  ping: {},
};

/** Something that no field of this kind can be. */
function wrong(field: Field): unknown {
  return field === 'any' ? undefined : { no: 'such thing' };
}

function wrongTypes(): Row[] {
  return Object.entries(CLIENT_SHAPES as { readonly [type: string]: Shape }).flatMap(
    ([type, shape]) =>
      Object.entries(shape).flatMap(([name, field]): Row[] => {
        if (name === 'id') return [];
        const frame = { type, ...GOOD[type as keyof typeof GOOD], [name]: wrong(field) };
        return [[`${type} with a wrong ${name}`, frame, 'protocol/bad-frame']];
      }),
  );
}

const users = (count: number): string[] => Array.from({ length: count }, (_, at) => `u${at}`);
const mark = { conversation: PAIR, delivered: 1, read: 1, receipt: true };

const ROWS: readonly Row[] = [
  ...wrongTypes(),
  ['no known type', { type: 'explode' }, 'protocol/bad-frame'],
  ['a second hello', { type: 'hello', ...GOOD.hello }, 'protocol/unexpected-frame'],
  // Absurd sizes.
  ['a frame of 100 kB', send('text', { text: 'x'.repeat(100_000) }), 'protocol/too-large'],
  ['a long text', send('text', { text: 'x'.repeat(LIMITS.textLength + 1) }), 'message/too-large'],
  ['a text of nothing', send('text', { text: ' \n' }), 'message/empty'],
  [
    'a long client id',
    send('text', { text: 'x' }, { clientId: 'k'.repeat(65) }),
    'protocol/bad-frame',
  ],
  ['too many profiles', { type: 'look-up', users: users(101) }, 'protocol/bad-frame'],
  ['too many people to watch', { type: 'watch', users: users(201) }, 'protocol/bad-frame'],
  ['too many marks', { type: 'mark', marks: Array(101).fill(mark) }, 'protocol/bad-frame'],
  [
    'too many messages',
    { type: 'messages', conversation: PAIR, seqs: Array(101).fill(1) },
    'protocol/bad-frame',
  ],
  [
    'a page of nothing',
    { type: 'range', conversation: PAIR, after: 0, limit: 0 },
    'request/invalid',
  ],
  [
    'a range of two sides',
    { type: 'range', conversation: PAIR, after: 0, before: 2, limit: 1 },
    'protocol/bad-frame',
  ],
  ['a cursor of another server', { type: 'sync', cursor: 'x1' }, 'request/invalid'],
  ['a number out of turn', send('text', { text: 'x' }, { n: 9 }), 'message/counter'],
  ['an event of the server', send('system', { action: 'created' }), 'request/invalid'],
  // What is not one's own, and what is not there.
  ...[FOREIGN, 'c2c:bob:lin', 'group:nothing', 'c2c:alice:nobody'].flatMap(
    (conversation): Row[] => [
      [
        `range of ${conversation}`,
        { type: 'range', conversation, after: 0, limit: 9 },
        'conversation/not-found',
      ],
      [`open of ${conversation}`, { type: 'open', conversation }, 'conversation/not-found'],
      [
        `messages of ${conversation}`,
        { type: 'messages', conversation, seqs: [1] },
        'conversation/not-found',
      ],
      [
        `readers of ${conversation}`,
        { type: 'readers', conversation, seq: 1, read: true },
        'conversation/not-found',
      ],
      [
        `send to ${conversation}`,
        send('text', { text: 'x' }, { conversation }),
        'conversation/not-found',
      ],
      [
        `react in ${conversation}`,
        send('react', { target: 1, emoji: '👍', on: true }, { conversation }),
        'conversation/not-found',
      ],
    ],
  ),
  ['a device of somebody else', { type: 'sign-out', device: 'of-bob' }, 'device/not-found'],
  ['a device of nobody', { type: 'sign-out', device: 'none' }, 'device/not-found'],
  // Changes of messages.
  ...Object.entries({
    edit: { target: 2, version: 2, text: 'x' },
    recall: { target: 2 },
    delete: { target: 2 },
    react: { target: 2, emoji: '👍', on: true },
    pin: { target: 2, on: true },
  }).flatMap(([kind, body]): Row[] => [
    [`${kind} of a wrong target`, send(kind, { ...body, target: 'x' }), 'request/invalid'],
    [`${kind} of target 0`, send(kind, { ...body, target: 0 }), 'request/invalid'],
    [
      `${kind} without a body`,
      send(kind, null),
      kind === 'edit' ? 'message/empty' : 'request/invalid',
    ],
    [
      `${kind} of a message that is not there`,
      send(kind, { ...body, target: 99 }),
      'message/not-found',
    ],
    [`${kind} of a change`, send(kind, { ...body, target: 4 }), 'message/not-found'],
    [`${kind} of a message that is gone`, send(kind, { ...body, target: 1 }), 'message/gone'],
  ]),
  ...['edit', 'recall', 'delete'].map((kind): Row => {
    const body = { target: 3, ...(kind === 'edit' && { version: 2, text: 'x' }) };
    return [`${kind} of somebody else’s message`, send(kind, body), 'message/not-own'];
  }),
  ['a stale version', send('edit', { target: 2, version: 7, text: 'x' }), 'message/stale-version'],
  ['an edit to nothing', send('edit', { target: 2, version: 2, text: ' ' }), 'message/empty'],
  ['an emoji of words', send('react', { target: 2, emoji: 'a b', on: true }), 'request/invalid'],
  ['a pin that is neither on nor off', send('pin', { target: 2, on: 'yes' }), 'request/invalid'],
  ['a setting outside the own log', send('set', { key: 'a', value: 1 }), 'request/invalid'],
  [
    'a message in the own log',
    send('text', { text: 'x' }, { conversation: 'self:alice' }),
    'request/invalid',
  ],
];

describe('bad input', () => {
  let world: TestCore;

  before(async () => {
    world = await TestCore.open();
    await fill(world);
    // The device is known from here on.
    (await world.connect('alice')).session.closed();
    await settle();
  });

  for (const [what, frame, code] of ROWS) {
    test(`${what}: ${code}`, () => refuses(world, frame, code));
  }
});

describe('input that comes too late, too often or to what is full', () => {
  let world: TestCore;
  let alice: Device;

  beforeEach(async () => {
    world = await TestCore.open({ policy: { recallMs: 0, editMs: 0 } });
    await fill(world);
    alice = await world.connect('alice');
    await settle();
    world.pass(1);
  });

  test('a window that has closed lets nothing in', async () => {
    alice.session.closed();
    const late = { target: 2, version: 2, text: 'x' };
    await refuses(world, send('edit', late), 'message/edit-expired');
    await refuses(world, send('recall', { target: 2 }), 'message/recall-expired');
  });

  test('a message takes so many emoji, and a conversation so many pins', async () => {
    for (let at = 0; at < LIMITS.emojiPerMessage; at++) {
      const emoji = String.fromCodePoint(0x1f600 + at);
      await world.core.post(PAIR, 'bob', 'react', { target: 2, emoji, on: true });
    }
    await refuses(
      world,
      send('react', { target: 2, emoji: '🫖', on: true }),
      'message/too-many-reactions',
    );
    for (let at = 0; at < LIMITS.pins; at++) {
      const { seq: target } = await world.core.post(PAIR, 'bob', 'text', { text: `${at}` });
      await world.core.post(PAIR, 'bob', 'pin', { target, on: true });
    }
    await refuses(world, send('pin', { target: 2, on: true }), 'conversation/too-many-pins');
  });

  test('a person sends so many messages from all devices together, and is told how long to wait', async () => {
    const phone = await world.connect('alice', 'phone');
    for (let n = 0; n < SEND_RATES.burst; n++) {
      alice.send(n, 'x', { clientId: `a${n}` });
      if (n % 20 === 0) await settle();
    }
    await settle();
    assert.deepEqual(alice.pushed('error'), []);
    const held = await contents(world);
    const body = { text: 'x' };
    const { code, retryAfterMs = 0 } = await phone.ask('error', send('text', body));
    assert.equal(code, 'request/rate-limited');
    assert.ok(retryAfterMs > 0 && retryAfterMs <= 1_000 / SEND_RATES.perSecond);
    assert.equal(await contents(world), held);
    world.pass(retryAfterMs);
    await phone.ask('ack', send('text', body));
  });

  test('what nobody answers is dropped in silence in a flood, and nothing is closed', async () => {
    const bob = await world.connect('bob', 'phone');
    for (let one = 0; one < 2_000; one++) {
      alice.say({ type: 'typing', conversation: PAIR, active: true });
      alice.say({ type: 'typing', conversation: FOREIGN, active: true });
      alice.say({ type: 'mark', marks: [{ ...mark, conversation: FOREIGN }] });
    }
    await settle();
    assert.deepEqual(alice.pushed('error'), []);
    assert.ok(bob.pushed('typing').length < 300, `${bob.pushed('typing').length} told`);
    const dropped = world.observed.filter((event) => event.type === 'refused');
    assert.ok(dropped.length > 5_000);
    await alice.ask('pong', { type: 'ping' });
  });
});

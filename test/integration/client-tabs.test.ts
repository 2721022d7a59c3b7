import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ImClient, ImClientOptions, SocketLike } from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { connected, eventually, showing } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { FakeBrowser, type FakeTab } from '../helpers/fake-tabs.js';
import { isConnected, until } from '../helpers/live.js';

const PAIR = c2cId('alice', 'bob');

/** A socket that is not told of its end, as that of a page which stands still. */
function endless(socket: SocketLike): SocketLike {
  const gone = (frame: string): boolean => frame.includes('"bye"');
  return new Proxy(socket, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set(target, name, value: unknown) {
      if (name === 'onclose') return true;
      if (name === 'onmessage' && typeof value === 'function') {
        const listener = value as (event: { data: string }) => void;
        target.onmessage = (event: { data: string }) => {
          if (!gone(event.data)) listener(event);
        };
        return true;
      }
      return Reflect.set(target, name, value, target);
    },
  });
}

describe('clients that share a database', () => {
  let world: World;
  let device: Device;
  let browser: FakeBrowser;
  let bob: ImClient;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
    device = world.device('alice');
    browser = new FakeBrowser();
    bob = await connected(world.client(world.device('bob')));
  });

  afterEach(() => world.stop());

  function open(
    tab: FakeTab,
    environment: Partial<Environment> = {},
    options: Partial<ImClientOptions> = {},
  ): ImClient {
    return world.client(device, { ...tab.environment, ...environment }, options);
  }

  test('take over from a leader that has heard nothing of it, which then writes nothing', async () => {
    const [frozen, other] = [browser.tab(), browser.tab()];
    const sockets: SocketLike[] = [];
    const first = await connected(
      open(
        frozen,
        {},
        {
          openSocket: () => {
            sockets.push(endless(world.open()));
            return sockets[0] as SocketLike;
          },
        },
      ),
    );
    await bob.sendText(PAIR, 'Before');
    await until(first.conversation(PAIR), (pair) => pair?.lastSeq === 1);

    frozen.isDeaf = true;
    const second = await connected(open(other));
    await bob.sendText(PAIR, 'After');
    const window = second.history(PAIR);
    await showing(window, ['Before', 'After']);

    // What comes out of its socket now is from the past.
    frozen.isDeaf = false;
    const at = Date.now();
    const event = {
      seq: 3,
      at,
      sender: 'bob',
      clientId: 'ghost',
      kind: 'text',
      body: { text: '?' },
    };
    const frame = { type: 'events', conversation: PAIR, from: 3, to: 3, events: [event] };
    sockets[0]?.onmessage?.({ data: JSON.stringify(frame) } as never);
    await eventually(
      () => browser.waiting('im-kit/chat.test/alice') === 1,
      'it waits for its turn',
    );
    await second.sendText(PAIR, 'Nothing in between');
    await showing(window, ['Before', 'After', 'Nothing in between']);
    await until(second.conversation(PAIR), (pair) => pair?.lastSeq === 3);
    await first.sendText(PAIR, 'And I follow');
    await showing(bob.history(PAIR), ['Before', 'After', 'Nothing in between', 'And I follow']);
    assert.equal(sockets.length, 1);
  });

  test('hear of a message that was refused, whichever has sent it', async () => {
    await connected(open(browser.tab()));
    const second = await connected(open(browser.tab()));
    const failures: string[] = [];
    second.on('message-failed', ({ messageId, error }) =>
      failures.push(`${messageId} ${error.code}`),
    );
    const { id } = await second.sendText(c2cId('alice', 'nobody'), 'Is anybody there?');
    await eventually(() => failures.length > 0, 'the news of it');
    assert.deepEqual(failures, [`${id} conversation/not-found`]);
  });

  test('are refused together, and let in by a token that one of them has been given', async () => {
    world.expired.add('alice#old');
    const first = open(browser.tab(), {}, { token: 'alice#old' });
    await until(first.connection, ({ status }) => status === 'refused');
    const second = open(browser.tab(), {}, { token: 'alice#old' });
    const refused = await until(second.connection, ({ status }) => status === 'refused');
    assert.equal('error' in refused && refused.error.code, 'auth/token-expired');
    second.setToken(() => 'alice#new');
    for (const client of [first, second]) await until(client.connection, isConnected);
  });

  test('ask in vain when the leader goes in the middle, and again of the next one', async () => {
    for (let count = 1; count <= 60; count++) {
      await world.core.post(PAIR, 'bob', 'text', { text: `Message ${count}` });
    }
    const [leading, following] = [browser.tab(), browser.tab()];
    const first = await connected(open(leading));
    const second = await connected(open(following));
    const window = second.history(PAIR, { pageSize: 50 });
    await until(window.state, ({ messages }) => messages.length === 50);
    leading.isDeaf = true;
    const loading = window.loadOlder();
    await first.destroy();
    leading.close();
    await loading;
    await until(second.connection, isConnected);
    await window.loadOlder();
    await until(window.state, ({ messages, error }) => messages.length === 60 && !error);
  });

  test('lead by a lease where there are no locks', async () => {
    const schedule: Environment['schedule'] = (delayMs, task) =>
      RUNTIME.schedule(delayMs === 1_000 ? 20 : delayMs, task);
    const lease: Partial<Environment> = { locks: () => undefined, schedule };
    const [leading, following] = [browser.tab(), browser.tab()];
    const first = await connected(open(leading, lease));
    const second = await connected(open(following, lease));
    const open_ = world.sockets.filter(({ readyState }) => readyState === 1);
    assert.equal(open_.length, 2, 'one of Alice, one of Bob');
    await second.sendText(PAIR, 'Through the lease');
    await showing(bob.history(PAIR), ['Through the lease']);

    await first.destroy();
    leading.close();
    await second.sendText(PAIR, 'It has run out');
    await showing(bob.history(PAIR), ['Through the lease', 'It has run out']);
  });
});

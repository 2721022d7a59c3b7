import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { RUNTIME, type Environment } from '../../src/client/environment.js';
import type { ImClient, Presence } from '../../src/client/public.js';
import { TIMES } from '../../src/protocol/limits.js';
import { connected, eventually } from '../helpers/client-ways.js';
import { World, type Device } from '../helpers/core-world.js';
import { FakeBrowser, type FakeTab } from '../helpers/fake-tabs.js';
import { Gate } from '../helpers/gate.js';
import { until } from '../helpers/live.js';

/** A tab is taken for gone when it has said nothing for so long. */
const GONE_MS = 70_000;

describe('the presence of people, in clients that share a database', () => {
  let world: World;
  let device: Device;
  let browser: FakeBrowser;
  let gate: Gate;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob', 'lin');
    await world.core.createPair('alice', 'bob');
    await world.core.createPair('alice', 'lin');
    device = world.device('alice');
    browser = new FakeBrowser();
    gate = new Gate();
  });

  afterEach(() => world.stop());

  async function open(tab: FakeTab, rest: Partial<Environment> = {}): Promise<ImClient> {
    world.gate = gate;
    const client = await connected(world.client(device, { ...tab.environment, ...rest }));
    world.gate = undefined;
    return client;
  }

  const other = async (user: string): Promise<ImClient> =>
    connected(world.client(world.device(user)));

  const seen = (client: ImClient, user: string, wanted: Presence['state']): Promise<Presence> =>
    until(client.presence(user), ({ state }) => state === wanted);

  /** Watches somebody until the function that it gives is called. */
  function watch(client: ImClient, user: string, states: string[] = []): () => void {
    const observed = client.presence(user).subscribe({ next: ({ state }) => states.push(state) });
    return () => observed.unsubscribe();
  }

  const watched = (): unknown => gate.ofType('watch').at(-1)?.['users'];

  test('is told in a tab that follows, by the one that leads, which asks for all', async () => {
    const bob = await other('bob');
    const [first, second] = [await open(browser.tab()), await open(browser.tab())];
    const states: string[] = [];
    const endings = [watch(first, 'lin'), watch(second, 'bob', states)];
    await eventually(() => states.at(-1) === 'online', 'Bob is online');
    assert.deepEqual(watched(), ['bob', 'lin']);
    assert.equal(gate.ofType('hello').length, 1, 'one connection');
    await bob.destroy();
    world.passTime();
    await eventually(() => states.at(-1) === 'offline', 'Bob has gone');
    endings[1]?.();
    await eventually(() => String(watched()) === 'lin', 'nobody watches Bob any more');
    endings[0]?.();
  });

  test('is told at once of somebody whom another tab watches already', async () => {
    await other('bob');
    const first = await open(browser.tab());
    await seen(first, 'bob', 'online');
    const end = watch(first, 'bob');
    await eventually(() => String(watched()) === 'bob', 'Bob is watched');
    const second = await open(browser.tab());
    const asked = gate.ofType('watch').length;
    await seen(second, 'bob', 'online');
    assert.equal(gate.ofType('watch').length, asked);
    end();
  });

  test('is unknown without a connection, and told again by the next leader', async () => {
    await other('bob');
    const leading = browser.tab();
    const first = await open(leading);
    const second = await open(browser.tab());
    const states: string[] = [];
    const end = watch(second, 'bob', states);
    await eventually(() => states.at(-1) === 'online', 'Bob is online');
    world.cut();
    await eventually(() => states.at(-1) === 'unknown', 'nothing is known');
    world.online = true;
    first.reconnect();
    await eventually(() => states.at(-1) === 'online', 'it is told again');
    await first.destroy();
    leading.close();
    await connected(second);
    await eventually(() => states.at(-1) === 'online', 'and by the tab that leads now');
    end();
  });

  test('is watched no more for a tab that has gone without a word', async () => {
    const due: (() => void)[] = [];
    const schedule: Environment['schedule'] = (delayMs, task) => {
      if (delayMs !== GONE_MS) return RUNTIME.schedule(delayMs, task);
      due.push(task);
      return () => due.splice(due.indexOf(task), 1);
    };
    await open(browser.tab(), { schedule });
    const dying = await open(browser.tab());
    watch(dying, 'bob');
    await eventually(() => String(watched()) === 'bob', 'Bob is watched');
    await dying.destroy();
    for (const task of due.splice(0)) task();
    await eventually(() => String(watched()) === '', 'nobody is watched');
  });

  test('is that of somebody who is there when any of the tabs is used', async () => {
    const bob = await other('bob');
    const states: string[] = [];
    const end = watch(bob, 'alice', states);
    const [leading, following] = [page(), page()];
    const heard: unknown[] = [];
    const between = browser.tab().environment.channel('im-kit/chat.test/alice')!;
    between.onmessage = ({ data }: { data: unknown }) => heard.push(data);
    const isHeard = (own: string): boolean => JSON.stringify(heard).includes(`"own":"${own}"`);
    await open(browser.tab(), leading.environment);
    await open(browser.tab(), following.environment);
    await eventually(() => states.at(-1) === 'online', 'Alice is online');
    await eventually(() => leading.isWatched() && isHeard('active'), 'both tell');
    leading.rest();
    const told = (): unknown[] => gate.ofType('presence').map(({ state }) => state);
    assert.deepEqual(told(), [], 'the other one is still in use');
    following.rest();
    await eventually(() => states.at(-1) === 'away', 'nobody is at either');
    assert.ok(isHeard('away'));
    following.touch();
    await eventually(() => states.at(-1) === 'online', 'somebody is back at the other one');
    assert.deepEqual(told(), ['away', 'active']);
    end();
  });
});

type Page = {
  readonly environment: Partial<Environment>;
  readonly isWatched: () => boolean;
  /** Nobody has used it for a long time. */
  readonly rest: () => void;
  readonly touch: () => void;
};

/** A page whose use a test decides. */
function page(): Page {
  let touch: (() => void) | undefined;
  let tick: (() => void) | undefined;
  let passedMs = 0;
  return {
    environment: {
      now: () => Date.now() + passedMs,
      watchUse: (told) => {
        touch = told;
        return () => undefined;
      },
      schedule: (delayMs, task) => {
        if (delayMs !== TIMES.awayAfterMs) return RUNTIME.schedule(delayMs, task);
        tick = task;
        return () => undefined;
      },
    },
    isWatched: () => touch !== undefined,
    rest: () => {
      passedMs += TIMES.awayAfterMs;
      tick?.();
    },
    touch: () => touch?.(),
  };
}

import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { c2cId } from '../../src/protocol/ids.js';
import { World } from '../helpers/core-world.js';
import { isConnected, texts, until } from '../helpers/node-client.js';

const PAIR = c2cId('alice', 'bob');

/** A page that rests when the test says so. */
class Page {
  readonly #waiting: (() => void)[] = [];

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Resolves when somebody waits for the page to rest. */
  async awaited(): Promise<void> {
    for (let turns = 0; !this.waiting; turns++) {
      assert.ok(turns < 1_000, 'Nobody waits for the page to rest.');
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  readonly atRest = (): Promise<void> => new Promise((rest) => this.#waiting.push(rest));

  rest(): void {
    for (const rest of this.#waiting.splice(0)) rest();
  }
}

describe('the first picture of a page', () => {
  let world: World;

  beforeEach(async () => {
    world = new World();
    await world.people('alice', 'bob');
  });

  afterEach(() => world.stop());

  test('shows what is stored before anything speaks with the server', async () => {
    const device = world.device('alice');
    const before = world.client(device);
    await before.sendText(PAIR, 'Is the gate open?');
    await until(before.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await before.destroy();
    const sockets = world.sockets.length;

    const page = new Page();
    const alice = world.client(device, { atRest: page.atRest });
    await until(alice.conversations, (list) => list.length === 1);
    await page.awaited();
    const window = alice.history(PAIR);
    const state = await until(window.state, ({ messages }) => messages.length === 1);
    assert.deepEqual(texts(state), ['Is the gate open?']);
    const waiting = alice.sendText(PAIR, 'It is.');
    assert.equal((await waiting).state.status, 'queued');
    assert.equal(world.sockets.length, sockets);
    await until(alice.connection, ({ status }) => status === 'connecting');

    // Once for the list, and once more for the messages that have come after it.
    page.rest();
    await page.awaited();
    assert.equal(world.sockets.length, sockets);
    page.rest();
    await until(alice.connection, isConnected);
    await until(window.state, ({ messages }) => messages[1]?.state.status === 'sent');
  });

  test('is not waited for where nothing is stored', async () => {
    const page = new Page();
    const alice = world.client(world.device('alice'), { atRest: page.atRest });
    await until(alice.connection, isConnected);
    assert.equal(page.waiting, 0);
  });

  test('is waited for no longer once the client has ended', async () => {
    const device = world.device('alice');
    const before = world.client(device);
    await before.sendText(PAIR, 'Is the gate open?');
    await until(before.conversation(PAIR), (pair) => pair?.lastSeq === 1);
    await before.destroy();
    const sockets = world.sockets.length;

    const page = new Page();
    const alice = world.client(device, { atRest: page.atRest });
    await page.awaited();
    await alice.destroy();
    page.rest();
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(world.sockets.length, sockets);
    await until(alice.connection, ({ status }) => status === 'stopped');
  });
});

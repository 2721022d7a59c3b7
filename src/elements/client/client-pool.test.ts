import assert from 'node:assert/strict';
import { beforeEach, describe, mock, test } from 'node:test';
import { FakeClient } from '../../../test/helpers/fake-client.js';
import { ClientPool } from './client-pool.js';

const options = { server: 'ws://127.0.0.1:1', token: 't' };

describe('ClientPool', () => {
  let made: FakeClient[];
  let pool: ClientPool;

  beforeEach(() => {
    mock.timers.reset();
    mock.timers.enable({ apis: ['setTimeout'] });
    made = [];
    pool = new ClientPool(() => {
      const client = new FakeClient();
      made.push(client);
      return client;
    });
  });

  /** For each client that was made, the calls that have ended it. */
  const ends = (): unknown[] => made.map((client) => client.callsOf('destroy'));

  test('lends one client to all that name the same server and user', () => {
    const one = pool.acquire('a', options);
    const two = pool.acquire('a', options);
    const other = pool.acquire('b', options);
    assert.equal(one.client, two.client);
    assert.notEqual(one.client, other.client);
  });

  test('gives a client that is there the token of whoever comes later', () => {
    const calls = (): unknown[] => made[0]?.callsOf('setToken') ?? [];
    const one = pool.acquire('a', options);
    pool.acquire('a', options);
    assert.deepEqual(calls(), []);
    one.release();
    const again = pool.acquire('a', { ...options, token: 'fresh' });
    assert.deepEqual(calls(), [['fresh']]);
    again.setToken('fresh');
    again.setToken('fresher');
    assert.deepEqual(calls(), [['fresh'], ['fresher']]);
  });

  test('ends a client two seconds after the last one has given it back', () => {
    const one = pool.acquire('a', options);
    const two = pool.acquire('a', options);
    one.release();
    mock.timers.tick(5_000);
    assert.deepEqual(ends(), [[]]);
    two.release();
    mock.timers.tick(1_999);
    assert.deepEqual(ends(), [[]]);
    mock.timers.tick(1);
    assert.deepEqual(ends(), [[[]]]);
  });

  test('keeps a client that is wanted again in time, as when a framework mounts twice', () => {
    pool.acquire('a', options).release();
    mock.timers.tick(1_000);
    pool.acquire('a', options);
    mock.timers.tick(60_000);
    assert.equal(made.length, 1);
    assert.deepEqual(ends(), [[]]);
  });

  test('takes giving back twice for once', () => {
    const one = pool.acquire('a', options);
    pool.acquire('a', options);
    one.release();
    one.release();
    mock.timers.tick(5_000);
    assert.deepEqual(ends(), [[]]);
  });

  test('makes a new client after the old one has ended', () => {
    pool.acquire('a', options).release();
    mock.timers.tick(2_000);
    pool.acquire('a', options);
    assert.equal(made.length, 2);
  });
});

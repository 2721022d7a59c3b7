/** What the back end may do about devices and tokens, on a real server. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { call, refuses } from '../../../../test/helpers/call.js';
import { RawPeer } from '../../../../test/helpers/raw-peer.js';
import { startServer, type TestServer } from '../../../../test/helpers/start-server.js';

let server: TestServer;

before(async () => {
  server = await startServer();
  for (const id of ['alice', 'bob', 'lin']) {
    await server.rest('PUT', `/v1/users/${id}`, { name: id });
  }
});

after(() => server.stop());

describe('what a person is signed in with', () => {
  const nobody = '/v1/users/nobody';

  test('is listed, and signed out for good', async () => {
    const token = await server.token('lin');
    const tablet = await RawPeer.open(server.url, token, 'tablet');
    const phone = await RawPeer.open(server.url, token, 'phone');
    await phone.request('devices', { type: 'devices' });
    const { body } = await call(server, 'GET', '/v1/users/lin/devices');
    const devices = body['devices'] as { id: string; online: boolean; platform: string }[];
    assert.deepEqual(devices.map(({ id, online, platform }) => [id, online, platform]).sort(), [
      ['phone', true, 'web'],
      ['tablet', true, 'web'],
    ]);
    await call(server, 'POST', '/v1/users/lin/devices/tablet/sign-out', {});
    const bye = await tablet.next(({ type }) => type === 'bye');
    assert.equal(bye.type === 'bye' && bye.code, 'device/signed-out');
    await assert.rejects(RawPeer.open(server.url, token, 'tablet'), /device\/signed-out/);
    phone.close();
  });

  test('is that of somebody', async () => {
    await refuses(call(server, 'GET', `${nobody}/devices`), 404, 'user/not-found');
    const signOut = '/v1/users/alice/devices/none/sign-out';
    await refuses(call(server, 'POST', signOut, {}), 404, 'device/not-found');
    await refuses(call(server, 'POST', `${nobody}/revoke-tokens`, {}), 404, 'user/not-found');
  });

  test('is void when the tokens are revoked, and good again with a new one', async () => {
    const sign = async (): Promise<string> => {
      const asked = { userId: 'bob', ttlSeconds: 60 };
      return (await call(server, 'POST', '/v1/tokens', asked)).body['token'] as string;
    };
    const old = await sign();
    const peer = await RawPeer.open(server.url, old, 'phone');
    const { body } = await call(server, 'POST', '/v1/users/bob/revoke-tokens', {});
    const validFrom = body['validFrom'] as number;
    const bye = await peer.next(({ type }) => type === 'bye');
    assert.equal(bye.type === 'bye' && bye.code, 'auth/token-revoked');
    assert.ok(validFrom > Date.now() - 5_000 && validFrom % 1_000 === 0, `${validFrom}`);
    // A token tells the second of its making: those of the present one are refused with a time to wait.
    while (Date.now() < validFrom) await setTimeout(20);
    await assert.rejects(RawPeer.open(server.url, old, 'phone'), /auth\/token-revoked/);
    await assert.rejects(
      RawPeer.open(server.url, await server.token('bob'), 'phone'),
      /auth\/token-revoked/,
      'a token that does not tell when it was made',
    );
    (await RawPeer.open(server.url, await sign(), 'phone')).close();
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clientKey } from './client-key.js';

const server = 'https://chat.example.com';

/** A token as a back end would sign it. */
function tokenOf(sub: string, id = 1): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256' })}.${part({ sub, id })}.sig`;
}

describe('What tells clients apart', () => {
  test('two providers without a user are two people, one provider is one', () => {
    const mara = (): string => tokenOf('mara');
    const lin = (): string => tokenOf('lin.jia');
    assert.notEqual(clientKey({ server, token: mara }), clientKey({ server, token: lin }));
    assert.equal(clientKey({ server, token: mara }), clientKey({ server, token: mara }));
  });

  test('with a user, neither the provider nor the token matters', () => {
    const key = clientKey({ server, userId: 'mara', token: () => tokenOf('mara') });
    assert.equal(clientKey({ server, userId: 'mara', token: () => tokenOf('mara') }), key);
    assert.equal(clientKey({ server, userId: 'mara', token: tokenOf('mara') }), key);
    assert.notEqual(clientKey({ server, userId: 'lin.jia', token: tokenOf('mara') }), key);
  });

  test('a token names its user, so a fresh one of the same user changes nothing', () => {
    const key = clientKey({ server, token: tokenOf('mara', 1) });
    assert.equal(clientKey({ server, token: tokenOf('mara', 2) }), key);
    assert.notEqual(clientKey({ server, token: tokenOf('lin.jia', 1) }), key);
    assert.notEqual(clientKey({ server, token: 'opaque' }), clientKey({ server, token: 'other' }));
  });

  test('another server and other habits are another client', () => {
    const mara = { server, userId: 'mara', token: tokenOf('mara') };
    assert.notEqual(clientKey(mara), clientKey({ ...mara, server: 'https://other.example.com' }));
    assert.notEqual(clientKey(mara), clientKey({ ...mara, readReceipts: false }));
  });
});

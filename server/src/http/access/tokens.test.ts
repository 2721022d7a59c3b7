import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, describe, test } from 'node:test';
import type { ImError } from '../../../../src/protocol/im-error.js';
import { createTokens, type Tokens } from './tokens.js';

const KEYS = { appId: 'shop', secret: 'a-secret-that-only-the-tests-know' };
const IN_AN_HOUR = Math.floor(Date.now() / 1_000) + 3_600;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A JWT made by hand, so that every part of it can be wrong. */
function jwt(
  claims: object,
  header: object = { alg: 'HS256' },
  secret: string = KEYS.secret,
): string {
  const signed = `${encode(header)}.${encode(claims)}`;
  const hash = { HS512: 'sha512' }[(header as { alg?: string }).alg ?? ''] ?? 'sha256';
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`;
}

const CLAIMS = { sub: 'alice', app: 'shop', exp: IN_AN_HOUR };

describe('tokens', () => {
  let tokens: Tokens;

  before(async () => {
    tokens = await createTokens(KEYS);
  });

  const refuses = (token: string, code: string, why: string): Promise<void> =>
    assert.rejects(tokens.authenticate(token), (error: ImError) => {
      assert.equal(error.code, code, why);
      return true;
    });

  test('a token by any other implementation of HS256 is good', async () => {
    const identity = await tokens.authenticate(jwt(CLAIMS));
    assert.deepEqual(identity, { userId: 'alice', expiresAt: IN_AN_HOUR * 1_000 });
  });

  test('a signed token reads back as the same user', async () => {
    const { token, expiresAt } = await tokens.sign('lin', 60);
    const issuedAt = expiresAt - 60_000;
    assert.deepEqual(await tokens.authenticate(token), { userId: 'lin', expiresAt, issuedAt });
  });

  test('an expired token is told apart, so that the client fetches a fresh one', async () => {
    await refuses(jwt({ ...CLAIMS, exp: 1_000 }), 'auth/token-expired', 'expired');
  });

  test('clocks may differ by seconds', async () => {
    const justNow = Math.floor(Date.now() / 1_000) - 2;
    assert.equal((await tokens.authenticate(jwt({ ...CLAIMS, exp: justNow }))).userId, 'alice');
    await refuses(jwt({ ...CLAIMS, exp: justNow - 60 }), 'auth/token-expired', 'a minute late');
  });

  const [head, body] = jwt(CLAIMS).split('.') as [string, string];
  const invalid: Readonly<Record<string, string>> = {
    'another secret': jwt(CLAIMS, { alg: 'HS256' }, 'another-secret-of-some-length-here'),
    'no signature': `${head}.${body}.`,
    'algorithm none': `${encode({ alg: 'none' })}.${body}.`,
    'algorithm none, signed': jwt(CLAIMS, { alg: 'none' }),
    'algorithm HS512': jwt(CLAIMS, { alg: 'HS512' }),
    'another app': jwt({ ...CLAIMS, app: 'museum' }),
    'no app': jwt({ sub: 'alice', exp: IN_AN_HOUR }),
    'no user': jwt({ app: 'shop', exp: IN_AN_HOUR }),
    'no expiry': jwt({ sub: 'alice', app: 'shop' }),
    'an expiry that is no number': jwt({ ...CLAIMS, exp: 'never' }),
    'a user id that cannot be': jwt({ ...CLAIMS, sub: '../alice' }),
    'the user of the system': jwt({ ...CLAIMS, sub: '@system' }),
    'a user that is no text': jwt({ ...CLAIMS, sub: 7 }),
    'not valid yet': jwt({ ...CLAIMS, nbf: IN_AN_HOUR }),
    'an unknown critical header': jwt(CLAIMS, { alg: 'HS256', crit: ['x'], x: 1 }),
    nothing: '',
    garbage: 'a.b.c',
    'too many parts': `${jwt(CLAIMS)}.x`,
  };
  for (const [why, token] of Object.entries(invalid)) {
    test(`refuses ${why}`, () => refuses(token, 'auth/token-invalid', why));
  }

  test('an error never repeats the token', async () => {
    const token = jwt(CLAIMS, { alg: 'HS256' }, 'another-secret-of-some-length-here');
    await assert.rejects(
      tokens.authenticate(token),
      (error: Error) => !error.message.includes(token),
    );
  });
});

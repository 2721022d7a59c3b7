import type { webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { isUserId } from '../../../../src/protocol/ids.js';
import { ImError } from '../../../../src/protocol/im-error.js';
import type { AppKeys } from '../../config/app-keys.js';
import type { Identity } from '../../core/core.js';

/** Clocks of the site's back end and of this machine may differ by this much. */
const TOLERANCE_S = 10;

export type SignedToken = {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
};

export interface Tokens {
  /** @throws ImError `auth/token-invalid`, `auth/token-expired`. */
  readonly authenticate: (token: string) => Promise<Identity>;
  readonly sign: (userId: string, ttlSeconds: number) => Promise<SignedToken>;
}

/** Reads and makes the tokens of one app: JWTs by HS256 with `sub`, `app` and `exp`. */
export async function createTokens({ appId, secret }: AppKeys): Promise<Tokens> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);

  async function authenticate(token: string): Promise<Identity> {
    const { sub, app, exp, iat } = await verify(token, key);
    if (app !== appId) throw invalid('The token belongs to another app.');
    if (typeof sub !== 'string' || !isUserId(sub)) throw invalid('The token names no valid user.');
    if (typeof exp !== 'number') throw invalid('The token never expires.');
    const issued = typeof iat === 'number' ? { issuedAt: iat * 1_000 } : {};
    return { userId: sub, expiresAt: exp * 1_000, ...issued };
  }

  async function sign(userId: string, ttlSeconds: number): Promise<SignedToken> {
    const exp = Math.floor(Date.now() / 1_000) + ttlSeconds;
    const jwt = new SignJWT({ app: appId }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' });
    const token = await jwt.setSubject(userId).setIssuedAt().setExpirationTime(exp).sign(key);
    return { token, expiresAt: exp * 1_000 };
  }

  return { authenticate, sign };
}

function invalid(message: string, cause?: unknown): ImError {
  return new ImError('auth/token-invalid', message, { cause });
}

async function verify(token: string, key: webcrypto.CryptoKey): Promise<Record<string, unknown>> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      requiredClaims: ['sub', 'app', 'exp'],
      clockTolerance: TOLERANCE_S,
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) {
      throw new ImError('auth/token-expired', 'The token has expired.', { cause });
    }
    if (cause instanceof errors.JWTClaimValidationFailed) {
      throw invalid(`The claim ${cause.claim} is missing or wrong.`, cause);
    }
    throw invalid('The token is not a JWT signed for this app by HS256.', cause);
  }
}

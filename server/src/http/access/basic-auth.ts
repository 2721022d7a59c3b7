import { createHash, timingSafeEqual } from 'node:crypto';
import { ImError } from '../../../../src/protocol/im-error.js';
import type { AppKeys } from '../../config/app-keys.js';

/** Digests have one length, so that the comparison takes the same time for every guess. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Gives the check of the `authorization` header. It throws `auth/required`, and says no more. */
export function createBasicAuth({ appId, secret }: AppKeys): (header: string | undefined) => void {
  const expected = digest(`${appId}:${secret}`);
  return (header) => {
    const [, encoded] = /^Basic ([A-Za-z0-9+/=]{1,1000})$/i.exec(header ?? '') ?? [];
    const given = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    if (timingSafeEqual(digest(given), expected)) return;
    throw new ImError(
      'auth/required',
      'This needs HTTP Basic authentication with AppID and secret.',
    );
  };
}

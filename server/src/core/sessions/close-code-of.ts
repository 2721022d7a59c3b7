import { CLOSE } from '../../../../src/protocol/close-codes.js';
import type { ImError } from '../../../../src/protocol/im-error.js';

/** How a socket is closed whose hello was refused. */
export function closeCodeOf({ code }: ImError): number {
  if (code === 'protocol/unsupported-version') return CLOSE.unsupportedVersion;
  if (code === 'device/signed-out') return CLOSE.signedOut;
  return code.startsWith('auth/') ? CLOSE.unauthorized : CLOSE.tryAgainLater;
}

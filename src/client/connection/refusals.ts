import { ImError } from '../../protocol/im-error.js';

/** Whether a new try with the same token and the same code would end the same way. */
export function isRefusal(error: ImError): boolean {
  const { code } = error;
  return (
    code === 'auth/token-expired' ||
    code === 'auth/token-invalid' ||
    code === 'auth/token-revoked' ||
    code === 'auth/required' ||
    code === 'protocol/unsupported-version' ||
    isDismissal(error)
  );
}

/** Whether this device has been sent away: it does not come back by itself. */
export function isDismissal({ code }: ImError): boolean {
  return code === 'device/kicked' || code === 'device/signed-out';
}

/** What a request fails with when there is no connection. */
export function offline(cause?: unknown): ImError {
  return new ImError('connection/offline', 'There is no connection to the server.', { cause });
}

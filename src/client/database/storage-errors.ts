/** What the ways in which IndexedDB fails mean. */
import { ImError } from '../../protocol/im-error.js';
import type { Database } from './database.js';

const QUOTA: ReadonlySet<string> = new Set(['QuotaExceededError']);

const BROKEN: ReadonlySet<string> = new Set([
  'AbortError',
  'DatabaseClosedError',
  'InvalidStateError',
  'MissingAPIError',
  'NotFoundError',
  'OpenFailedError',
  'TimeoutError',
  'UnknownError',
]);

/** Whether another database may do better. */
export function isBreakage(cause: unknown, db: Database): boolean {
  if (cause instanceof ImError || isAbout(cause, QUOTA)) return false;
  return !db.isOpen() || isAbout(cause, BROKEN);
}

/** Whether an error, or one that it wraps, has one of `names`. */
function isAbout(error: unknown, names: ReadonlySet<string>): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { name, inner } = error as { name?: unknown; inner?: unknown };
  return (typeof name === 'string' && names.has(name)) || isAbout(inner, names);
}

/** Why a database is in memory. */
export function nothingKept(cause: unknown): ImError {
  return new ImError('storage/unavailable', 'Nothing is kept beyond this page.', { cause });
}

/** What a failure of the storage is to everybody outside. */
export function asImError(cause: unknown): ImError {
  if (cause instanceof ImError) return cause;
  if (isAbout(cause, QUOTA)) {
    return new ImError('storage/quota-exceeded', 'The device has no room left.', { cause });
  }
  return new ImError('storage/unavailable', 'The storage of this device has failed.', { cause });
}

/** What every method throws once the client is destroyed. */
export function destroyed(): ImError {
  return new ImError('client/destroyed', 'The client has been destroyed.');
}

import { ImError } from '../../../src/protocol/im-error.js';

/** Anything thrown, as the error that the other end is told. */
export function asImError(error: unknown): ImError {
  if (error instanceof ImError) return error;
  return new ImError('server/internal', 'The server could not do this.', { cause: error });
}

import type { Strings } from '../../../locales/en.js';
import { ImError, type ImErrorCode } from '../../../protocol/im-error.js';

/** The words for an error code; those of a newer server get a general sentence. */
export function codeText(strings: Strings, code: ImErrorCode): string {
  const known: Partial<Record<ImErrorCode, string>> = strings.errors;
  return known[code] ?? strings.unknownError;
}

/** The words for anything that was thrown. */
export function errorText(strings: Strings, error: unknown): string {
  return error instanceof ImError ? codeText(strings, error.code) : strings.unknownError;
}

/**
 * Why an operation failed: the same word on the wire, in the log and in the words shown to people.
 * The part before the slash names the area.
 */
export const IM_ERROR_CODES = [
  'auth/forbidden-origin',
  'auth/required',
  'auth/token-expired',
  'auth/token-invalid',
  'auth/token-revoked',
  'client/destroyed',
  'connection/offline',
  'connection/timeout',
  'conversation/not-found',
  'conversation/too-many-pins',
  'device/kicked',
  'device/not-found',
  'device/replaced',
  'device/signed-out',
  'message/counter',
  'message/edit-expired',
  'message/empty',
  'message/gone',
  'message/id-reused',
  'message/not-found',
  'message/not-own',
  'message/recall-expired',
  'message/stale-version',
  'message/too-large',
  'message/too-many-reactions',
  'protocol/bad-frame',
  'protocol/too-large',
  'protocol/too-many-requests',
  'protocol/unexpected-frame',
  'protocol/unsupported-version',
  'request/invalid',
  'request/not-found',
  'request/rate-limited',
  'server/internal',
  'server/shutting-down',
  'server/slow-reader',
  'server/store-unavailable',
  'storage/quota-exceeded',
  'storage/unavailable',
  'user/not-found',
] as const;

export type ImErrorCode = (typeof IM_ERROR_CODES)[number];

const RETRYABLE: ReadonlySet<string> = new Set<ImErrorCode>([
  'connection/offline',
  'connection/timeout',
  'message/counter',
  'protocol/too-many-requests',
  'request/rate-limited',
  'server/internal',
  'server/shutting-down',
  'server/slow-reader',
  'server/store-unavailable',
]);

export type ImErrorOptions = ErrorOptions & {
  /** How long to wait before trying again, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The field of the request that was wrong. */
  readonly field?: string;
};

/** The one error type that crosses this package's public functions and the wire. */
export class ImError extends Error {
  /** Stable; decide by this, never by the message. Codes of a newer server may be unknown here. */
  readonly code: ImErrorCode;
  readonly retryAfterMs: number | undefined;
  readonly field: string | undefined;

  constructor(code: ImErrorCode, message: string, options: ImErrorOptions = {}) {
    super(message, options);
    this.name = 'ImError';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
    this.field = options.field;
  }

  /** Whether the same call can succeed later without the user changing anything. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

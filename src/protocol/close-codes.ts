/** WebSocket close codes (RFC 6455 section 7.4; 4000 and up are the application's own). */
export const CLOSE = {
  /** The peer is done. */
  normal: 1000,
  /** The server stops; come back after the `retryAfterMs` of its `bye`. */
  goingAway: 1001,
  /** A frame over the hard limit of the transport. */
  tooBig: 1009,
  /** The reader is too slow or the server is overloaded; come back and resume by cursor. */
  tryAgainLater: 1013,
  /** Too many frames that could not be read. */
  badFrames: 4002,
  /** No token, a wrong one, or an expired one: come back with a fresh one. */
  unauthorized: 4001,
  /** Another socket speaks for this device now; only one does at a time. */
  replaced: 4003,
  /** No hello, or no heartbeat, in time. */
  silent: 4008,
  /** This device has been signed out: it does not come back under its id. */
  signedOut: 4011,
  /** This user has too many devices online: it comes back when its user wants it to. */
  kicked: 4012,
  /** The two ends share no protocol version. */
  unsupportedVersion: 4010,
} as const;

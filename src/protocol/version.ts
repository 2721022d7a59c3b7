/** One row a version: what changed, and the fingerprint of the frame shapes it speaks. */
export type ProtocolVersion = {
  readonly version: number;
  readonly since: string;
  readonly change: string;
  /** SHA-256 over the shape tables of `shapes.ts`; a test recomputes it. */
  readonly fingerprint: string;
};

/** Appended, never edited: a browser somewhere still speaks version 1. */
export const PROTOCOL_HISTORY: readonly ProtocolVersion[] = [
  {
    version: 1,
    since: '0.1.0',
    change: 'Text conversations: hello, send, sync, range, marks, typing, heartbeat.',
    fingerprint: '98b7ee773ef0e98740a60997323b7c54997b3c0a8345a647703de9b271c93dca',
  },
  {
    version: 2,
    since: '0.2.0',
    change:
      'Changes of messages (edit, recall, delete, react, pin), the personal log, single messages, readers, policy, retention (`trimmed`), devices, presence.',
    fingerprint: 'c38669acdb7cd9ed77f4c9071c50a84a8699df9e880ec9b53646b345a1b4af2f',
  },
];

/** The version this package speaks. */
export const PROTOCOL_VERSION = 2;

/** The oldest version the server still answers. */
export const OLDEST_PROTOCOL_VERSION = 1;

/** The WebSocket subprotocol that both ends must agree on. */
export const SUBPROTOCOL = 'im.v1.json';

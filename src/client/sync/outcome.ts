import type { MessageRow } from '../database/database.js';

/** What a transaction has brought, for those who act on it once it is on the device. */
export class Outcome {
  /** Messages of others that have just been written. */
  readonly arrived: MessageRow[] = [];
  /** Own messages that have come back, and wait no more. */
  readonly sent: MessageRow[] = [];
  /** Conversations whose log on the server is ahead, and by how far at least. */
  readonly behind: Map<string, number> = new Map();
  /** Conversations that the server has to describe. */
  readonly unknown: Set<string> = new Set();
  /** Conversations whose marks the server should hear of. */
  readonly toMark: Set<string> = new Set();
  /** Conversations whose log begins later than before. */
  readonly trimmed: Set<string> = new Set();
}

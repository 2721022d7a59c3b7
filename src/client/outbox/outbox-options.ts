import type { ImError } from '../../protocol/im-error.js';
import type { Connection } from '../connection/connection.js';
import type { OutboxRow } from '../database/database.js';
import type { Storage } from '../database/storage.js';
import type { Environment } from '../environment.js';
import type { Log } from '../log.js';
import type { Link } from '../tabs/link.js';

export type OutboxOptions = {
  readonly storage: Storage;
  readonly connection: Connection;
  readonly link: () => Link;
  readonly environment: Environment;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly self: () => string;
  /** Brings the stored log of a conversation up to date. */
  readonly resync: (conversation: string) => Promise<void>;
  readonly onFailed: (row: OutboxRow, error: ImError) => void;
};

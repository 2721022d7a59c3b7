/** What `test/fixtures/version-1` holds, ready for use: every test gets a copy of its own. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { IDBFactory } from 'fake-indexeddb';
import type { StoredConversation, StoredMember } from '../../server/src/store/store.js';
import type { ClientFrame } from '../../src/protocol/client-frames.js';
import { c2cId } from '../../src/protocol/ids.js';
import type { LogEvent, User } from '../../src/protocol/entities.js';
import type { ServerFrame } from '../../src/protocol/server-frames.js';
import type { Device } from '../helpers/core-world.js';
import { fromText, loadDatabase, type StoredDatabase } from '../helpers/stored-database.js';

const FOLDER = fileURLToPath(new URL('../fixtures/version-1/', import.meta.url));

export const PAIR: string = c2cId('alice', 'bob');
/** With somebody who does not exist. */
export const STRANGER: string = c2cId('alice', 'nobody');
export const HARBOUR = 'group:harbour';

export type OldContents = {
  readonly revision: number;
  readonly users: readonly User[];
  readonly conversations: readonly {
    readonly conversation: StoredConversation;
    readonly members: readonly StoredMember[];
    readonly counters: readonly { user: string; device: string; next: number }[];
    readonly events: readonly LogEvent[];
  }[];
};

export type OldFrame =
  | { readonly from: 'client'; readonly frame: ClientFrame }
  | { readonly from: 'server'; readonly frame: ServerFrame };

function read(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}

/** A copy of the data folder, and what takes it away again. */
export function oldFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'im-kit-upgrade-'));
  cpSync(join(FOLDER, 'server'), path, { recursive: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function oldContents(): OldContents {
  return fromText(read('server.json')) as OldContents;
}

/** Alice's device. */
export async function oldDevice(): Promise<Device> {
  const idb = new IDBFactory();
  await loadDatabase(idb, fromText(read('client.json')) as StoredDatabase);
  return { user: 'alice', idb };
}

/** Bob's session. */
export function oldSession(): readonly OldFrame[] {
  const lines = read('session.jsonl').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as OldFrame);
}

/** What `found` has of the fields of `expected`: a later version may have added others. */
export function common(found: unknown, expected: unknown): unknown {
  if (typeof expected !== 'object' || expected === null) return found;
  if (typeof found !== 'object' || found === null) return found;
  if (Array.isArray(expected)) {
    const items = found as readonly unknown[];
    return items.map((item, index) => common(item, expected[index] as unknown));
  }
  const fields = found as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(expected).map(([name, value]) => [name, common(fields[name], value)]),
  );
}

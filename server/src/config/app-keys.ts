import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SETTINGS } from './settings.js';

/** What a site's back end signs tokens with, and shows to the REST routes. */
export type AppKeys = {
  readonly appId: string;
  readonly secret: string;
};

export const APP_KEYS_FILE = 'app-keys.json';

/** The file of the keys cannot be used. */
export class AppKeysError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'AppKeysError';
  }
}

/**
 * Reads the keys of a data folder, or makes them on its first run.
 *
 * @throws AppKeysError when the file is there and is not what this function wrote, or cannot be read
 *  or written.
 */
export async function openAppKeys(
  folder: string,
): Promise<{ readonly keys: AppKeys; readonly made: boolean }> {
  const path = join(folder, APP_KEYS_FILE);
  try {
    const kept = await readIfThere(path);
    if (kept !== undefined) return { keys: parseKeys(kept, path), made: false };
    const keys = {
      appId: `app-${randomBytes(6).toString('hex')}`,
      secret: randomBytes(32).toString('base64url'),
    };
    await writeWhole(path, `${JSON.stringify(keys, undefined, 2)}\n`);
    return { keys, made: true };
  } catch (error) {
    if (error instanceof AppKeysError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AppKeysError(`${path} cannot be used (${code ?? message}).`, { cause: error });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
}

/** All of `text` under its name, or nothing: a disk that is full in the middle leaves no half a file. */
async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.new`;
  try {
    await writeFile(draft, text, { mode: 0o600, flush: true });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function parseKeys(text: string, path: string): AppKeys {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { appId, secret } = (value ?? {}) as Record<string, unknown>;
  if (
    typeof appId !== 'string' ||
    typeof secret !== 'string' ||
    !SETTINGS.appId.accepts(appId) ||
    !SETTINGS.secret.accepts(secret)
  ) {
    throw new AppKeysError(`${path} is not a file with appId and secret.`);
  }
  return { appId, secret };
}

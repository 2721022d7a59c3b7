import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SETTINGS } from './settings.js';

/** What a site's back end signs tokens with, and shows to the REST routes. */
export type AppKeys = {
  readonly appId: string;
  readonly secret: string;
};

export const APP_KEYS_FILE = 'app-keys.json';

/**
 * Reads the keys of a data folder, or makes them on its first run.
 *
 * @throws Error when the file is there and is not what this function wrote.
 */
export async function openAppKeys(
  folder: string,
): Promise<{ readonly keys: AppKeys; readonly made: boolean }> {
  const path = join(folder, APP_KEYS_FILE);
  try {
    return { keys: parseKeys(await readFile(path, 'utf8'), path), made: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const keys = {
    appId: `app-${randomBytes(6).toString('hex')}`,
    secret: randomBytes(32).toString('base64url'),
  };
  await writeFile(path, `${JSON.stringify(keys, undefined, 2)}\n`, {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  return { keys, made: true };
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
    throw new Error(`${path}: not a file with appId and secret.`);
  }
  return { appId, secret };
}

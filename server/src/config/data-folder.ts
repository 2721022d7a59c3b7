import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

export type DataFolder =
  | { readonly status: 'ready'; readonly path: string }
  | { readonly status: 'unusable'; readonly path: string; readonly reason: string };

/** Makes sure that the data folder is there and can be written. */
export async function openDataFolder(given: string): Promise<DataFolder> {
  const path = resolve(given);
  try {
    await makeFolder(path);
    if (!(await stat(path)).isDirectory())
      return { status: 'unusable', path, reason: 'not a folder' };
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return { status: 'ready', path };
  } catch (error) {
    return { status: 'unusable', path, reason: reasonOf(error) };
  }
}

/** The `recursive` of Node never returns where a file system makes no folders, as below /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await mkdir(path, { mode: 0o700 });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}

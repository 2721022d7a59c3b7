import { fileURLToPath } from 'node:url';
import { buildWhatIsStale } from '../../scripts/build.mjs';

/**
 * The server as it ships, which starts sooner than its sources do; built when it is out of date. With
 * `SERVER_FROM_SOURCES` its sources, which can be patched as they are loaded.
 */
export function builtServer(): string {
  const isBuilt = process.env['SERVER_FROM_SOURCES'] === undefined;
  if (isBuilt) buildWhatIsStale(['server']);
  const main = isBuilt ? 'server/dist/main.js' : 'server/src/main.ts';
  return fileURLToPath(new URL(`../../${main}`, import.meta.url));
}

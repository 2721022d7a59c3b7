import { fileURLToPath } from 'node:url';
import { buildWhatIsStale } from '../../scripts/build.mjs';

/** The server as it ships, which starts sooner than its sources do; built when it is out of date. */
export function builtServer(): string {
  buildWhatIsStale(['server']);
  return fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
}

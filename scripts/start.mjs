/**
 * Builds what the demo is missing, then is the server in development mode. Arguments go to the
 * server: `npm start -- --port 9000`.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildWhatIsStale } from './build.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

buildWhatIsStale(['CDN files', 'server']);
const server = spawn(process.execPath, ['server/dist/main.js', '--dev', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
});
// A terminal sends Ctrl+C to both; a process manager may know this one alone.
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) server.kill(signal);
  });
}
server.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));

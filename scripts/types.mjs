/** Type-checks every part with what that part may know: no DOM in the server, no Node in the kit. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROJECTS = ['.', 'src', 'src/protocol', 'server', 'server/tsconfig.public.json', 'scripts'];

const failed = PROJECTS.filter((project) => {
  const args = ['node_modules/typescript/bin/tsc', '-p', project];
  return spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) {
  console.error(`Types do not fit in: ${failed.join(', ')}`);
  process.exitCode = 1;
}

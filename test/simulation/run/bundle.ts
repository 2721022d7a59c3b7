/** Puts the simulation and the product into one file, with a fault of a mutant where one is asked for. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import type { Edit } from '../mutants.js';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export type Bundle = { readonly file: string; readonly remove: () => void };

/** @throws Error when an edit does not fit the source any more. */
export async function makeBundle(edits: readonly Edit[] = []): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'im-kit-simulation-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const file = join(folder, 'child.mjs');
  const unused = new Set(edits);
  try {
    await build({
      ...{ entryPoints: [join(ROOT, 'test/simulation/run/child.ts')], outfile: file },
      ...{ bundle: true, platform: 'node', format: 'esm', sourcemap: 'inline' },
      ...{ logLevel: 'silent', absWorkingDir: ROOT, ignoreAnnotations: true },
      plugins: [editing(edits, unused)],
    });
    const [left] = unused;
    if (left) throw new Error(`Nothing imports ${left.file}.`);
  } catch (error) {
    remove();
    throw error;
  }
  return { file, remove };
}

function editing(edits: readonly Edit[], unused: Set<Edit>): Plugin {
  const files = new Set(edits.map(({ file }) => file));
  return {
    name: 'mutant',
    setup(setup) {
      setup.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const file = relative(ROOT, path).split(sep).join('/');
        if (!files.has(file)) return undefined;
        let contents = readFileSync(path, 'utf8');
        for (const edit of edits.filter((each) => each.file === file)) {
          contents = apply(edit, contents);
          unused.delete(edit);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** @throws Error unless what is looked for is there exactly once: a mutant must not rot unseen. */
function apply({ file, find, replace }: Edit, source: string): string {
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`${file} has ${places} times: ${find}`);
  return source.replace(find, () => replace);
}

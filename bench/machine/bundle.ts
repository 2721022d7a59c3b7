/** Bundles of the benches: what is measured runs as it ships, without a TypeScript loader. */
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions } from 'esbuild';

const ROOT = new URL('../../', import.meta.url);

/** The path of a file of this repository. */
export function repositoryPath(path: string): string {
  return fileURLToPath(new URL(path, ROOT));
}

/** Bundles a program for Node and gives the path of what came out; packages stay outside. */
export async function bundleProgram(entry: string): Promise<string> {
  const outfile = repositoryPath(
    `.cache/bench/${entry.replaceAll('/', '-').replace(/\.ts$/, '.mjs')}`,
  );
  await build({
    entryPoints: [repositoryPath(entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

const PAGE_OPTIONS: BuildOptions = {
  bundle: true,
  minify: true,
  write: false,
  format: 'esm',
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'error',
};

/** Bundles a script of a page as a site would ship it, chunks beside it; file name → text. */
export async function bundlePage(entry: string): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    ...PAGE_OPTIONS,
    entryPoints: { main: repositoryPath(entry) },
    splitting: true,
    outdir: repositoryPath('.cache/bench/page'),
    tsconfig: repositoryPath('tsconfig.json'),
  } as BuildOptions & { write: false });
  return new Map(
    outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), text]),
  );
}

/** Measures what a page loads, gzipped, and fails when a budget is exceeded. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const KB = 1000;

/** @typedef {{ name: string; budget: number | undefined; bytes: number }} Line */

/** @param {string | Uint8Array} text */
const gzip = (text) => gzipSync(text, { level: 9 }).length;

/**
 * The size of a program that a bundler makes, before anything that loads late.
 *
 * @param {string} code
 * @param {readonly string[]} external
 */
async function bundled(code, external = []) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    external: [...external],
    outdir: join(ROOT, '.cache/size'),
    bundle: true,
    splitting: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const texts = new Map(outputFiles.map(({ path, contents }) => [path, contents]));
  const sizeOf = (/** @type {string} */ file) => gzip(texts.get(join(ROOT, file)) ?? '');
  const entry = Object.keys(metafile.outputs).find((file) => file.endsWith('stdin.js'));
  if (entry === undefined) throw new Error('The bundler wrote no entry.');
  const needed = new Set([entry]);
  // A set grows while it is walked: this reaches everything that is imported at once.
  for (const file of needed) {
    for (const { path, kind, external: outside } of metafile.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && !outside) needed.add(path);
    }
  }
  return [...needed].reduce((sum, file) => sum + sizeOf(file), 0);
}

/** @param {string} entry A built module; it and all that it imports at once are counted. */
function closure(entry) {
  const needed = new Set([join(ROOT, entry)]);
  let bytes = 0;
  for (const file of needed) {
    const text = readFileSync(file, 'utf8');
    bytes += gzip(text);
    for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'`](\.[^"'`\s]+)["'`]/g)) {
      needed.add(join(dirname(file), path));
    }
  }
  return bytes;
}

const LIT = ['lit', 'lit/*', 'lit-html', 'lit-html/*', 'lit-element', '@lit/reactive-element'];

/** @type {readonly Line[]} */
const lines = [
  {
    name: 'elements without the client, beyond Lit',
    budget: 30 * KB,
    bytes: await bundled(`import './src/all.ts';`, [...LIT, '*/create-client.js']),
  },
  {
    name: 'CDN module, before what loads late',
    budget: 75 * KB,
    bytes: closure('dist/cdn/im-kit.js'),
  },
  {
    name: 'menus and dialogs, which load last',
    budget: 14 * KB,
    bytes: ['conversation-menu', 'message-menu', 'dialogs', 'trouble-template', 'menu-requests']
      .map((name) => gzip(readFileSync(join(ROOT, `dist/cdn/${name}.js`))))
      .reduce((sum, bytes) => sum + bytes),
  },
  {
    name: 'CDN classic script, all in one file',
    // It cannot be split: menus, dialogs and all of the client are in it. A page that wants less takes
    // the module.
    budget: 140 * KB,
    bytes: gzip(readFileSync(join(ROOT, 'dist/cdn/im-kit.iife.js'))),
  },
  {
    name: 'client alone, without Dexie',
    budget: undefined,
    bytes: await bundled(`export * from './src/client/index.ts';`, ['dexie']),
  },
];

const kilobytes = (/** @type {number} */ bytes) => (bytes / KB).toFixed(1).padStart(6);
console.log(`${'gzip, kB'.padEnd(44)}   size  budget`);
for (const { name, budget, bytes } of lines) {
  const verdict = budget !== undefined && bytes > budget ? '  OVER' : '';
  const limit = budget === undefined ? '     –' : kilobytes(budget);
  console.log(`${name.padEnd(44)} ${kilobytes(bytes)}  ${limit}${verdict}`);
}
process.exitCode = lines.some(({ budget, bytes }) => budget !== undefined && bytes > budget)
  ? 1
  : 0;

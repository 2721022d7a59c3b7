/**
 * Writes `custom-elements.json`, the description of every element that docs, stories, editors and
 * wrappers read. `--check` writes nothing and fails when the committed file is not what comes out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';
import { format } from 'prettier';

/**
 * @typedef {{ name?: string; description?: string; privacy?: string; static?: boolean; kind?: string;
 *   type?: { text: string }; }} Described
 * @typedef {Described & { customElement?: boolean; tagName?: string; members?: Described[];
 *   events?: Described[]; attributes?: Described[] }} Declaration
 * @typedef {{ path: string; declarations?: Declaration[]; exports?: object[] }} Module
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILE = join(ROOT, 'custom-elements.json');

/** The file that users get for a source file. */
const published = (/** @type {string} */ path) =>
  path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');

/** What is for users of an element: no privates, and no plumbing of Lit. */
function isPublic(/** @type {Described} */ member) {
  const hidden = member.privacy === 'private' || member.privacy === 'protected';
  return !hidden && !member.static && !member.name?.startsWith('#');
}

/** The analyzer also guesses at `dispatchEvent()`; what the doc block says is the truth. */
function isDocumented(/** @type {Described} */ event) {
  return event.name?.startsWith('im-') === true && event.description !== undefined;
}

/** @param {Declaration} element @returns {Declaration} */
function describe(element) {
  const { members = [], events = [], ...rest } = element;
  return {
    ...rest,
    members: members.filter(isPublic),
    events: events.filter(isDocumented),
    customElement: true,
  };
}

/** @param {Module} module @returns {Module[]} */
function elementsOf({ path, declarations = [] }) {
  const elements = declarations.filter(({ tagName }) => tagName !== undefined);
  if (elements.length === 0) return [];
  const file = published(path);
  return [
    {
      path: file,
      declarations: elements.map(describe),
      exports: elements.flatMap(({ name, tagName }) => [
        { kind: 'js', name, declaration: { name, module: file } },
        { kind: 'custom-element-definition', name: tagName, declaration: { name, module: file } },
      ]),
    },
  ].map((module) => ({ kind: 'javascript-module', ...module }));
}

const analysed = /** @type {{ schemaVersion: string; modules: Module[] }} */ (
  await cli({
    argv: ['analyze', '--quiet', '--litelement', '--globs', 'src/elements/**/*.ts'],
    cwd: ROOT,
    noWrite: true,
  })
);
const modules = analysed.modules
  .filter(({ path }) => !path.endsWith('.test.ts'))
  .flatMap(elementsOf)
  .sort((one, other) => (one.path < other.path ? -1 : 1));
const { schemaVersion } = analysed;
const text = await format(JSON.stringify({ schemaVersion, readme: 'README.md', modules }), {
  parser: 'json',
  printWidth: 100,
});

const incomplete = modules.flatMap(({ declarations = [] }) =>
  declarations.flatMap(({ tagName, description, members = [], events = [] }) => [
    ...(description ? [] : [`<${tagName}> has no description`]),
    ...members
      .filter((member) => !member.description)
      .map(({ name }) => `<${tagName}> ${name} has no description`),
    ...events
      .filter((event) => !event.type)
      .map(({ name }) => `<${tagName}> ${name} has no type: write @fires {Type} ${name}`),
  ]),
);
for (const line of incomplete) console.error(line);
if (incomplete.length > 0) process.exitCode = 1;

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
  console.log(`custom-elements.json: ${modules.length} elements`);
} else if (readFileSync(FILE, 'utf8') !== text) {
  console.error('custom-elements.json is not that of the sources. Run: npm run manifest');
  process.exitCode = 1;
}

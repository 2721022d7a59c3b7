/**
 * The folder borders, as a lint rule: imports point one way.
 *
 * Each folder names all that it may import. What is not listed is forbidden, so a new folder or a
 * new dependency is a decision that is made here.
 */
import { dirname, relative, resolve, sep } from 'node:path';

/**
 * @typedef {object} Border
 * @property {string} folder
 * @property {readonly string[]} may Folders and files that it may import, itself not listed.
 * @property {readonly string[]} not Parts of those, or of itself, that it may not.
 * @property {readonly string[]} packages
 * @property {string} because
 */

const NODE = 'node:';

/**
 * A room of the server's core: it may import what all rooms stand on, and the rooms below it.
 *
 * @param {string} room
 * @param {readonly string[]} below
 * @returns {Border}
 */
function coreRoom(room, below) {
  const ground = ['as-im-error.ts', 'core.ts', 'directory.ts', 'frames.ts', 'hub.ts'];
  return {
    folder: `server/src/core/${room}`,
    may: [
      'src/protocol',
      'server/src/store/store.ts',
      ...[...ground, ...below].map((name) => `server/src/core/${name}`),
    ],
    not: [],
    packages: [],
    because: 'a room of the core knows those below it',
  };
}

/** The first entry whose folder holds a file is its border. @type {readonly Border[]} */
export const BORDERS = [
  {
    folder: 'src/protocol',
    may: [],
    not: [],
    packages: [],
    because: 'the protocol knows nobody',
  },
  {
    folder: 'src/client',
    may: ['src/protocol'],
    not: [],
    packages: ['dexie', 'fake-indexeddb'],
    because: 'the client is headless',
  },
  {
    folder: 'src/elements/primitives',
    may: ['src/elements', 'src/client/public.ts', 'src/icons', 'src/locales', 'src/protocol'],
    not: ['src/elements/context.ts', 'src/elements/client'],
    packages: ['lit', '@tanstack/lit-virtual', '@tanstack/virtual-core'],
    because: 'primitives take properties and fire events; of the client they know data types',
  },
  {
    folder: 'src/elements/client',
    may: [
      'src/elements',
      'src/client/public.ts',
      'src/client/create-client.ts',
      'src/client/identity.ts',
      'src/icons',
      'src/locales',
      'src/protocol',
    ],
    not: [],
    packages: ['lit', '@lit/context'],
    because: 'this element makes the client, through create-client.ts, for whom identity.ts tells',
  },
  {
    folder: 'src/elements',
    may: ['src/client/public.ts', 'src/icons', 'src/locales', 'src/protocol'],
    not: [],
    packages: ['lit', '@lit/context', '@tanstack/lit-virtual', '@tanstack/virtual-core'],
    because: 'elements know the client by client/public.ts alone',
  },
  { folder: 'src/icons', may: [], not: [], packages: ['lit'], because: 'icons are data' },
  {
    folder: 'src/locales',
    may: ['src/protocol'],
    not: [],
    packages: [],
    because: 'locales are data',
  },
  { folder: 'src/themes', may: [], not: [], packages: [], because: 'themes are data' },
  {
    folder: 'src/cdn.ts',
    may: ['src'],
    not: [],
    packages: [],
    because: 'it is what users get by a script tag',
  },
  {
    folder: 'src',
    may: ['src'],
    not: ['src/index.ts'],
    packages: [],
    because: 'index.ts is for users; nothing inside imports it',
  },
  coreRoom('changes', []),
  coreRoom('log', ['changes']),
  coreRoom('conversations', ['changes', 'log']),
  coreRoom('devices', ['log']),
  coreRoom('presence', []),
  coreRoom('sessions', ['changes', 'conversations', 'devices', 'log', 'presence']),
  {
    folder: 'server/src/core',
    may: ['src/protocol', 'server/src/store/store.ts'],
    not: [],
    packages: [],
    because: 'the core also runs in a page: no Node, no package',
  },
  {
    folder: 'server/src',
    may: ['server/src', 'src/protocol'],
    not: [],
    packages: [NODE, 'jose', 'libsql', 'pino', 'prom-client', 'ws'],
    because: 'the server shares only the protocol with the kit',
  },
];

/**
 * @param {string} file
 * @param {string} place
 */
const within = (file, place) => file === place || file.startsWith(`${place}/`);

/** @param {string} specifier */
function packageOf(specifier) {
  if (specifier.startsWith(NODE)) return NODE;
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Why an import crosses a border, or undefined. Paths are relative to the repository, with slashes.
 *
 * @param {string} file
 * @param {string} specifier
 */
export function crossing(file, specifier) {
  const border = BORDERS.find(({ folder }) => within(file, folder));
  if (!border || /\.test\.ts$/.test(file)) return;
  const { folder, may, not, packages, because } = border;
  if (!specifier.startsWith('.')) {
    return packages.includes(packageOf(specifier)) ? undefined : because;
  }
  const target = resolve('/', dirname(file), specifier)
    .split(sep)
    .join('/')
    .replace(/^[A-Za-z]:/, '')
    .slice(1)
    .replace(/\.js$/, '.ts');
  const allowed = [folder, ...may].some((place) => within(target, place));
  return allowed && !not.some((place) => within(target, place)) ? undefined : because;
}

/** @type {import('eslint').Rule.RuleModule} */
export const borderRule = {
  meta: { type: 'problem', schema: [], messages: { crossed: '{{ specifier }}: {{ because }}.' } },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join('/');
    /** @param {{ source?: import('estree').Expression | null | undefined }} node */
    const check = ({ source }) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string') return;
      const because = crossing(file, source.value);
      if (!because) return;
      const data = { specifier: source.value, because };
      context.report({ node: source, messageId: 'crossed', data });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};

import { minify } from 'terser';
import type { Plugin, UserConfig, UserConfigFnObject } from 'vite';

/** What loads late is a file named for its element, for its module, or for its package. */
function chunkName(moduleId: string): string {
  const inPackage = /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(moduleId)?.[1];
  const path = moduleId.replace(/\/define\.[jt]s$/, '').replace(/\.[jt]s$/, '');
  return inPackage ?? path.replace(/^.*\//, '');
}

/**
 * A classic script cannot be split, but it can `import()`: what loads late and needs nothing of the
 * entry stays outside and is the chunk that the module build has written beside it. Elements would
 * come with a second entry, so they are inside.
 */
function lateChunksStayOutside(): Plugin {
  return {
    name: 'late-chunks-stay-outside',
    enforce: 'pre',
    resolveId(specifier, _importer, { kind }) {
      if (kind !== 'dynamic-import' || specifier.endsWith('/define.js')) return null;
      return { id: `./${chunkName(specifier)}.js`, external: true };
    },
  };
}

/** Parts of Dexie that the kit's database does not use: its query cache is switched off there. */
const UNUSED = ['this.use(cacheMiddleware);', 'this.use(hooksMiddleware);'];

function leanDexie(): Plugin {
  return {
    name: 'lean-dexie',
    transform(code, id) {
      if (!id.endsWith('/dexie.mjs')) return null;
      const rest = UNUSED.reduce((text, part) => text.replace(part, ''), code);
      const isLean = code.length - rest.length === UNUSED.join('').length;
      if (!isLean) throw new Error('Dexie has changed: what is not used is not found.');
      return { code: rest, map: null };
    },
  };
}

/**
 * Makes the chunks as small as they get. After minification only templates have line breaks; their
 * indentation is of use to nobody. The comment on top tells V8 to compile while the file still
 * arrives, on a thread of its own: most of its functions are called before the first message is seen.
 */
function finish(): Plugin {
  return {
    name: 'finish',
    async generateBundle({ format }, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        const { code = file.code } = await minify(file.code, {
          module: format === 'es',
          ecma: 2020,
          compress: { passes: 2 },
        });
        const isOfStart = file.isEntry || file.facadeModuleId?.endsWith('/define.ts');
        const hint = isOfStart ? '//# allFunctionsCalledOnLoad\n' : '';
        file.code = hint + code.replace(/\n[ \t]+/g, ' ');
      }
    },
  };
}

/**
 * The files for a script tag, every dependency inside: `im-kit.js` as a module with chunks for what
 * loads late, and with `--mode iife` one classic script that uses the same chunks.
 */
const config: UserConfigFnObject = ({ mode }): UserConfig => {
  const classic = mode === 'iife';
  return {
    define: { 'process.env.NODE_ENV': '"production"' },
    // Said here and not left to the tsconfig of the file: unlowered decorators are a broken page.
    oxc: {
      decorator: { legacy: true },
      assumptions: { setPublicClassFields: true },
      typescript: { removeClassFieldsWithoutInitializer: true },
    },
    plugins: [leanDexie(), finish(), ...(classic ? [lateChunksStayOutside()] : [])],
    // The build of Dexie that is not lowered for browsers older than ours.
    resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
    publicDir: false,
    build: {
      target: 'es2022',
      outDir: 'dist/cdn',
      emptyOutDir: !classic,
      lib: { entry: { 'im-kit': 'src/cdn.ts' }, name: 'ImKit', formats: [classic ? 'iife' : 'es'] },
      rolldownOptions: {
        // How long each plugin took is no news for whoever starts the product.
        checks: { pluginTimings: false },
        // What late chunks share with the entry stays in the entry.
        preserveEntrySignatures: 'allow-extension',
        output: {
          entryFileNames: classic ? '[name].iife.js' : '[name].js',
          chunkFileNames: ({ facadeModuleId, name }) =>
            `${facadeModuleId === null ? name : chunkName(facadeModuleId)}.js`,
          minify: true,
          // A file of its own for each thing that two others share would be one more way to the server,
          // and tasks of the main thread: what belongs to the start is one file.
          codeSplitting: classic ? false : { groups: [{ name: 'im-kit', tags: ['$initial'] }] },
        },
      },
    },
  };
};

export default config;

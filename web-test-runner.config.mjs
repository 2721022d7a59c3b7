import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { countBrowser } from './scripts/count-browser.mjs';
import { chromiumArgs, findChromium } from './scripts/find-browser.mjs';

const counts = process.env.IM_KIT_COUNTS;

export default {
  files: ['src/**/*.browser.test.ts', 'test/**/*.browser.test.ts'],
  nodeResolve: { exportConditions: ['development', 'browser'] },
  // A page behind another one gets no frames and no focus, so one is open at a time.
  concurrency: 1,
  // A shared machine may be busy; a test that hangs still ends.
  testFramework: { config: { timeout: 15_000 } },
  reporters: [
    defaultReporter({ reportTestProgress: process.stdout.isTTY }),
    ...(counts ? [countBrowser(counts)] : []),
  ],
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
  browsers: [
    chromeLauncher({
      launchOptions: { executablePath: findChromium(), args: chromiumArgs },
    }),
  ],
  plugins: [
    {
      // Dexie's entry imports a CommonJS file, which browsers do not know.
      name: 'dexie',
      resolveImport: ({ source }) =>
        source === 'dexie' ? '/node_modules/dexie/dist/modern/dexie.mjs' : undefined,
    },
    {
      // The list's virtualizer asks, as it would a bundler, which build this is.
      name: 'node-env',
      transform: ({ path, body }) =>
        path.includes('/@tanstack/') && typeof body === 'string'
          ? body.replaceAll('process.env.NODE_ENV', '"production"')
          : undefined,
    },
    esbuildPlugin({
      ts: true,
      target: 'es2022',
      // The decorators are the legacy ones; esbuild learns it here.
      tsconfig: fileURLToPath(new URL('tsconfig.json', import.meta.url)),
    }),
  ],
};

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import { configs as a11y } from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import ts from 'typescript-eslint';
import { borderRule } from './scripts/lint/borders.js';

export default defineConfig(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.cache/',
      'data/',
      'gallery/',
      'storybook-static/',
      'server/public/kit/',
      'test/fixtures/site/',
      'test/fixtures/version-*/client.mjs',
      'test/packaging/fixtures/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', reportUnusedInlineConfigs: 'error' } },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  lit['flat/recommended'],
  wc['flat/recommended'],
  a11y.recommended,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { kit: { rules: { borders: borderRule } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      eqeqeq: 'error',
      'kit/borders': 'error',
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.test.ts', 'test/**', 'bench/**', 'stories/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
      // `test()` of node:test gives a promise that its runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', package: 'node:test', name: ['describe', 'it', 'suite', 'test'] },
            // Typed as a promise for snapshots, which nobody takes here.
            { from: 'package', package: '@types/chai', name: 'Equal' },
          ],
        },
      ],
      // Assertions of chai are getters: `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      'no-unused-expressions': 'off',
    },
  },
  {
    files: ['scripts/**', 'bench/**', 'examples/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        URL: 'readonly',
        clearTimeout: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
      },
    },
    // These rules do not see the casts of JSDoc; the compiler, which checks the same files, does.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['*.js', '*.mjs', 'server/public/**', 'examples/**'],
    extends: [ts.configs.disableTypeChecked],
  },
  {
    files: ['server/public/**'],
    languageOptions: {
      globals: {
        HTMLElement: 'readonly',
        KeyboardEvent: 'readonly',
        URLSearchParams: 'readonly',
        addEventListener: 'readonly',
        document: 'readonly',
        getSelection: 'readonly',
        localStorage: 'readonly',
        location: 'readonly',
        navigator: 'readonly',
        reportError: 'readonly',
      },
    },
  },
);

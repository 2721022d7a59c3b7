import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

const themes = readdirSync(fileURLToPath(new URL('.', import.meta.url))).filter((name) =>
  name.endsWith('.css'),
);

/** What the elements read from a page. */
const tokens = new Set(
  read('src/elements/shared/styles/tokens.styles.ts').match(/--im-[a-z\d-]+/g),
);

/** The declarations of a theme, by name. */
function declarations(theme: string): readonly (readonly [string, string])[] {
  const text = read(`src/themes/${theme}`).replace(/\/\*[^]*?\*\//g, '');
  const [, body = ''] = /^\s*:root \{([^{}]*)\}\s*$/.exec(text) ?? [];
  return body
    .split(';')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => line.split(/:\s*/, 2) as [string, string]);
}

describe('The themes', () => {
  test('there is one to start from', () => {
    assert.ok(themes.includes('paper.css'));
  });

  for (const theme of themes) {
    test(`${theme} is one rule that sets public properties, each colour for light and for dark`, () => {
      const all = declarations(theme);
      assert.ok(all.length > 0);
      for (const [name, value] of all) {
        assert.ok(tokens.has(name), name);
        if (value.includes('#')) assert.match(value, /^light-dark\(#[\da-f]+, #[\da-f]+\)$/, name);
      }
    });

    test(`${theme} is told of in the manual`, () => {
      assert.ok(read('docs/theming.md').includes(`im-kit/themes/${theme}`));
    });
  }
});

/** The guide to the client is compiled as it stands, and has a word on everything that a client does. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/client.md'), 'utf8');
const PROGRAM = join(ROOT, 'test/docs/client-page.ts');

/** Its programs one after another in one file; the first makes the client that the others use. */
function programs(): string {
  const [first = '', ...others] = [...PAGE.matchAll(/```ts\n([\s\S]*?)```/g)].map(
    ([, text]) => text!,
  );
  return `${first}\n${others.map((text) => `{\n${text}}\n`).join('')}`;
}

/** The compiler's view of them, as if the package were installed. */
function compile(source: string): ts.Program {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const host = ts.createCompilerHost(options);
  const plain = ts.createCompilerHost(options);
  host.fileExists = (path) => path === PROGRAM || plain.fileExists(path);
  host.getSourceFile = (path, version) =>
    path === PROGRAM
      ? ts.createSourceFile(path, source, version)
      : plain.getSourceFile(path, version);
  const paths = { 'im-kit/client': [join(ROOT, 'src/client/index.ts')] };
  const lenient = { noUnusedLocals: false, isolatedDeclarations: false, paths };
  return ts.createProgram([PROGRAM], { ...options, ...lenient }, host);
}

describe('docs/client.md', () => {
  const program = compile(programs());

  test('shows programs that the types of the client fit', () => {
    const file = program.getSourceFile(PROGRAM);
    const faults = ts.getPreEmitDiagnostics(program, file).map(({ messageText, start = 0 }) => {
      const line = file!.text.slice(0, start).split('\n').length;
      return `${file!.text.split('\n')[line - 1]!.trim()}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    assert.deepEqual(faults, []);
  });

  test('names everything that a client has and does', () => {
    const file = program.getSourceFile(join(ROOT, 'src/client/public.ts'));
    const checker = program.getTypeChecker();
    const symbol = checker.getExportsOfModule(checker.getSymbolAtLocation(file!)!);
    const client = symbol.find(({ name }) => name === 'ImClient')!;
    const members = checker.getDeclaredTypeOfSymbol(client).getProperties();
    assert.ok(members.length > 40);
    const missing = members.filter(({ name }) => !new RegExp(`\\b\\w+\\.${name}\\b`).test(PAGE));
    assert.deepEqual(
      missing.map(({ name }) => name),
      [],
    );
  });

  test('points at pages and places that are there', () => {
    for (const [, link = ''] of PAGE.matchAll(/\]\(([^)]+)\)/g)) {
      const [path = '', place] = link.split('#');
      const target = readFileSync(join(dirname(join(ROOT, 'docs/client.md')), path), 'utf8');
      const titles = [...target.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        title!.toLowerCase().replaceAll(' ', '-'),
      );
      assert.ok(place === undefined || titles.includes(place), link);
    }
  });
});

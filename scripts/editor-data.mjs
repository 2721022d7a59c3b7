/**
 * Makes from `custom-elements.json` what editors read: VS Code's custom data, JetBrains' web-types,
 * and types for JSX. They are part of the build, not of the repository.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';

/**
 * @typedef {{ name: string; description?: string; attribute?: string; kind?: string;
 *   readonly?: boolean; fieldName?: string }} Entry
 * @typedef {{ name: string; tagName: string; description: string; members: Entry[];
 *   events: Entry[] }} Element
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'dist');

/** @type {{ modules: { path: string; declarations: Element[] }[] }} */
const manifest = JSON.parse(readFileSync(join(ROOT, 'custom-elements.json'), 'utf8'));

/** @param {string} name @param {string} type @param {string} [description] */
function prop(name, type, description) {
  const comment = description ? `    /** ${description.replaceAll('\n', ' ')} */\n` : '';
  return `${comment}    ${/^\w+$/.test(name) ? name : `'${name}'`}?: ${type} | undefined;`;
}

/** @param {Element} element */
function propsOf({ name, tagName, description, members, events }) {
  const fields = members.filter(({ kind, readonly }) => kind === 'field' && !readonly);
  const rows = [
    ...fields.flatMap((field) => {
      const names = new Set([field.name, ...(field.attribute ? [field.attribute] : [])]);
      return [...names].map((key) => prop(key, `${name}['${field.name}']`, field.description));
    }),
    ...events.map((event) =>
      prop(
        `on${event.name}`,
        `((event: GlobalEventHandlersEventMap['${event.name}']) => void)`,
        event.description,
      ),
    ),
  ];
  const comment = `  /** ${description.replaceAll('\n', ' ')} */\n`;
  return `${comment}  '${tagName}': {\n${rows.join('\n')}\n  };`;
}

function jsxTypes() {
  const imports = manifest.modules.map(
    ({ path, declarations }) =>
      `import type { ${declarations.map(({ name }) => name).join(', ')} } from '${path.replace('dist/', './')}';`,
  );
  const elements = manifest.modules.flatMap(({ declarations }) => declarations);
  return `${imports.join('\n')}

/** The properties, attributes and events of each element, without those that every element has. */
export interface ImKitProps {
${elements.map(propsOf).join('\n')}
}
`;
}

/** What tells which tag is which element, also of those that come late. */
const DEFINES = readdirSync(join(ROOT, 'src/elements'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|[/\\])define\.ts$/.test(file))
  .map((file) => `./elements/${file.split(sep).join('/').replace(/\.ts$/, '.js')}`)
  .sort();

/** React 19 sets properties and listens to `on<event>` on custom elements by itself. */
const REACT = `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${DEFINES.map((path) => `import type {} from '${path}';`).join('\n')}
import type { ImKitProps } from './jsx.js';

type Html<E> = DetailedHTMLProps<HTMLAttributes<E>, E>;

type ImKitElements = {
  [Tag in keyof ImKitProps]: ImKitProps[Tag] &
    Omit<Html<HTMLElementTagNameMap[Tag]>, keyof ImKitProps[Tag]>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends ImKitElements {}
  }
}
`;

const options = { outdir: OUT, hideLogs: true };
generateVsCodeCustomElementData(manifest, options);
generateJetBrainsWebTypes(manifest, options);
writeFileSync(join(OUT, 'jsx.d.ts'), jsxTypes());
writeFileSync(join(OUT, 'jsx-react.d.ts'), REACT);

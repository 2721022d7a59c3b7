/** The languages that are known here. English is always there; others are loaded when first asked for. */
import { en, type Strings } from '../../locales/en.js';
import type { Locale, MenuStrings } from '../../locales/en-menus.js';

type Loader = () => Promise<Locale>;

const known = new Map<string, Strings>([['en', en]]);
const loaders = new Map<string, Loader>([
  ['zh', async () => (await import('../../locales/zh-CN.js')).zhCN],
]);
const loading = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();

/**
 * Adds or replaces a language and renders every connected element again. Without words for menus those
 * are in English.
 */
export function registerLocale(
  code: string,
  strings: Strings & { readonly menus?: MenuStrings },
): void {
  known.set(code.toLowerCase(), strings);
  for (const listener of listeners) listener();
}

/** Calls `listener` whenever a language is added, until the function that is returned is called. */
export function onLocaleAdded(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The words for a language tag: those of the whole tag, else of its language, else none. */
export function findStrings(tag: string): Strings | undefined {
  const code = tag.toLowerCase();
  return known.get(code) ?? known.get(languageOf(code));
}

/** Loads the words for a tag when they are not here yet. Undefined means that there is nothing to wait for. */
export function loadLocale(tag: string): Promise<void> | undefined {
  const language = languageOf(tag.toLowerCase());
  const loader = loaders.get(language);
  if (!loader || findStrings(tag)) return;
  let pending = loading.get(language);
  if (!pending) {
    pending = loader()
      .then((strings) => registerLocale(language, strings))
      // Without the chunk the interface stays in English; the next element that asks tries again.
      .catch(() => void loading.delete(language));
    loading.set(language, pending);
  }
  return pending;
}

function languageOf(code: string): string {
  return code.replace(/-.*/, '');
}

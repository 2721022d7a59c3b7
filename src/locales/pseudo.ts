import { en } from './en.js';
import { enMenus, type Locale } from './en-menus.js';

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'å',
  c: 'ç',
  e: 'é',
  i: 'î',
  n: 'ñ',
  o: 'ø',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Å',
  C: 'Ç',
  E: 'É',
  N: 'Ñ',
  O: 'Ø',
  S: 'Š',
  U: 'Ü',
};

function stretch(text: string): string {
  const accented = text.replace(/[a-zA-Z]/g, (letter) => ACCENTED[letter] ?? letter);
  return `⟦${accented}${'·'.repeat(Math.ceil(text.length * 0.4))}⟧`;
}

function stretchAll(value: unknown): unknown {
  if (typeof value === 'string') return stretch(value);
  if (typeof value === 'function') {
    const words = value as (...args: unknown[]) => string;
    return (...args: unknown[]) => stretch(words(...args));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([key, part]: [string, unknown]) => [
      key,
      stretchAll(part),
    ]),
  );
}

/** English, accented, bracketed and 40 % longer: shows what is hard-coded or clipped. */
export const pseudo: Locale = stretchAll({ ...en, menus: enMenus }) as Locale;

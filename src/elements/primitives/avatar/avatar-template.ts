import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';

/** How many colours `avatar.styles.ts` has. */
const TONES = 12;

/** Letters of scripts whose names are shown by one character. */
const IDEOGRAPH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const WORD = /[\p{L}\p{N}]/u;

/** What stands in for a picture: a Han character, or up to two initials. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => WORD.test(word));
  const [first = '', ...others] = words.map((word) => WORD.exec(word)?.[0] ?? '');
  if (IDEOGRAPH.test(first)) return first;
  const last = others.at(-1) ?? '';
  return (first + (IDEOGRAPH.test(last) ? '' : last)).toLocaleUpperCase();
}

/** A colour that stays the same for an id, on every device. */
export function toneOf(id: string): number {
  // FNV-1a, spread once more: ids that differ in one letter get colours far apart.
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % TONES;
}

export type AvatarLook = {
  readonly id: string;
  readonly name: string;
  readonly src?: string | undefined;
  readonly square?: boolean;
  readonly size?: 's' | 'm' | 'l';
};

/** A round picture of a person or a rounded square of a group. The name beside it says who it is. */
export function avatarTemplate({ id, name, src, square, size = 'm' }: AvatarLook): TemplateResult {
  const shape = `avatar ${size} ${square ? 'square' : ''}`;
  return html`<span class=${shape} part="avatar" data-tone=${toneOf(id)} aria-hidden="true"
    >${initialsOf(name || id)}${
      // Each address has its own element: one that was hidden as broken stays so.
      src
        ? keyed(src, html`<img src=${src} alt="" loading="lazy" @error=${hideBroken} />`)
        : nothing
    }</span
  >`;
}

function hideBroken(event: Event): void {
  (event.target as HTMLImageElement).hidden = true;
}

import type { Person } from '../../../client/public.js';
import type { Strings } from '../../../locales/en.js';

/** Who is typing, in words; the empty string when nobody is. */
export function typingText(strings: Strings, people: readonly Person[]): string {
  const [first, second] = people.map(({ id, name }) => name || id);
  if (first === undefined) return '';
  if (second === undefined) return strings.typingOne(first);
  return people.length === 2 ? strings.typingTwo(first, second) : strings.typingMany(people.length);
}

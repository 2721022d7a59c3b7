/** A piece of a message: plain, or a link whose words are its own address. */
export type TextToken = { readonly text: string; readonly href: string | undefined };

/**
 * Addresses are ASCII here on purpose: a link then ends where Chinese text begins, and look-alike
 * letters of other scripts cannot pretend to be a known site.
 */
const CANDIDATE = /(?:https?:\/\/|www\.|mailto:|tel:)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;
const WORD_BEFORE = /[A-Za-z0-9_]$/;
const TRAILING = '.,:;!?\'"*_~';
type Bracket = '(' | ')' | '[' | ']';
const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** Splits a text into plain pieces and safe links: http, https, mailto and tel, nothing else. */
export function tokenizeLinks(text: string): readonly TextToken[] {
  const tokens: TextToken[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const start = match.index;
    if (WORD_BEFORE.test(text.slice(Math.max(0, start - 1), start))) continue;
    const link = trimEnd(match[0]);
    const href = safeHref(link);
    if (!href) continue;
    if (start > end) tokens.push({ text: text.slice(end, start), href: undefined });
    tokens.push({ text: link, href });
    end = start + link.length;
  }
  if (end < text.length) tokens.push({ text: text.slice(end), href: undefined });
  return tokens;
}

/**
 * Full stops and the like end the sentence, not the address; so does a bracket that was opened outside.
 * One pass over the letters: what somebody sends must not be able to cost more than its length.
 */
function trimEnd(link: string): string {
  const counts = countBrackets(link);
  let end = link.length;
  for (; end > 0; end--) {
    const last = link[end - 1] ?? '';
    if (last === ')' || last === ']') {
      if (counts[last === ')' ? '(' : '['] >= counts[last]) break;
      counts[last]--;
    } else if (!TRAILING.includes(last)) break;
  }
  return link.slice(0, end);
}

function countBrackets(link: string): Record<Bracket, number> {
  const counts = { '(': 0, ')': 0, '[': 0, ']': 0 };
  for (const letter of link) if (letter in counts) counts[letter as Bracket]++;
  return counts;
}

function safeHref(link: string): string | undefined {
  const url = parse(/^www\./i.test(link) ? `https://${link}` : link);
  if (!url || !SCHEMES.has(url.protocol)) return;
  if (url.protocol.startsWith('http')) {
    // "https://bank.example@evil.example" shows one site and opens another.
    if (url.username || url.password || !/[a-z0-9]/i.test(url.hostname)) return;
    return url.href;
  }
  return url.pathname ? url.href : undefined;
}

function parse(link: string): URL | undefined {
  try {
    return new URL(link);
  } catch {
    return undefined;
  }
}

import type { Conversation } from '../../client/public.js';
import type { Strings } from '../../locales/en.js';
import type { MenuStrings } from '../../locales/en-menus.js';
import { errorText } from '../shared/text/error-text.js';

/** Something that could not be done with a conversation, or with the folders. */
export type Refused = {
  readonly error: unknown;
  /** The conversation that stays as it was, empty for the folders; undefined where it is plain. */
  readonly about?: string;
};

/** What could not be done, in words. */
export function refusedText(
  { error, about }: Refused,
  conversations: readonly Conversation[],
  strings: Strings,
  words: MenuStrings,
): string {
  const reason = errorText(strings, error);
  if (about === '') return words.foldersNotChanged(reason);
  const title = conversations.find(({ id }) => id === about)?.title;
  return title === undefined ? reason : words.notChanged(title, reason);
}

/** The focus goes on in the list around an element. */
export function focusBeside(element: HTMLElement): void {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  const [row, field] = ['.row[tabindex="0"]', 'input'].map((selector) =>
    root.querySelector<HTMLElement>(selector),
  );
  (row ?? field)?.focus();
}

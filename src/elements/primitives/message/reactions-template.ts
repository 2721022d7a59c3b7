/** The emoji under a message: how many there are of each, and who has put them there. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Message, MessageReaction } from '../../../client/public.js';
import type { Strings } from '../../../locales/en.js';
import { nameList } from '../../../locales/format.js';
import type { MessageLook, Wording } from './message-template.js';

/** The row of chips; a tap adds or takes away the user's own. */
export function reactionsTemplate(
  { reactions }: Message,
  { reachable, self }: MessageLook,
  { strings, locale }: Wording,
): TemplateResult | typeof nothing {
  if (!reactions.length) return nothing;
  return html`<div class="reactions" part="reactions">
    ${reactions.map((reaction) => {
      const names = nameList(locale, namesOf(reaction, strings, self));
      return html`<button
        type="button"
        class="reaction"
        part=${reaction.own ? 'reaction own' : 'reaction'}
        data-action="react"
        data-emoji=${reaction.emoji}
        tabindex=${reachable ? 0 : -1}
        title=${names}
        aria-label="${reaction.emoji} ${reaction.count}: ${names}"
        aria-pressed=${reaction.own}
      >
        <span class="emoji">${reaction.emoji}</span>
        <span>${reaction.count}</span>
      </button>`;
    })}
  </div>`;
}

/** Who has reacted; this user comes first. */
function namesOf(
  { people, own }: MessageReaction,
  strings: Strings,
  self: string | undefined,
): readonly string[] {
  const others = people.filter(({ id }) => id !== self).map(({ id, name }) => name || id);
  return own && self !== undefined ? [strings.you, ...others] : others;
}

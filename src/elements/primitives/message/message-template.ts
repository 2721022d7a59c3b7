/**
 * The bubble of a message, as a template: a list of a thousand rows needs no element for each.
 *
 * What a user wrote becomes text nodes and nothing else; links come from `tokenizeLinks()`. Clicks are
 * handled by whoever renders the template, with `handleMessageClick()`, so that rows cost no listeners.
 */
import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../../client/public.js';
import { moreIcon } from '../../../icons/icons.js';
import type { Strings } from '../../../locales/en.js';
import { ImDiscardEvent } from '../../events/discard.js';
import { ImMessageActionEvent } from '../../events/message-action.js';
import { ImOpenLinkEvent } from '../../events/open-link.js';
import { ImRetryEvent } from '../../events/retry.js';
import { isEmojiOnly } from '../../shared/text/emoji-only.js';
import { codeText } from '../../shared/text/error-text.js';
import { tokenizeLinks, type TextToken } from '../../shared/text/link-tokens.js';
import { toneOf, avatarTemplate } from '../avatar/avatar-template.js';
import { hasMeta, metaTemplate } from './message-meta.js';
import { contentText, isNotice } from './message-text.js';
import { reactionsTemplate } from './reactions-template.js';

/** How a message stands among its neighbours. */
export type MessageLook = {
  /** The first of several by one sender; the next begins a new bubble close to it. */
  readonly first: boolean;
  /** The last of several by one sender; it carries the time and the status. */
  readonly last: boolean;
  /** In a group, messages of others say who wrote them. */
  readonly group: boolean;
  /** Whether its links and buttons can be reached by the Tab key. */
  readonly reachable: boolean;
  /** Who looks at it, so that their own reactions are called theirs. */
  readonly self?: string | undefined;
  /** Whether it has a button for what else can be done with it. */
  readonly menu?: boolean;
};

/** The words and the language to show. */
export type Wording = { readonly strings: Strings; readonly locale: string };

/** The inner part of a row: avatar, bubble, and what to do about a failure. */
export function messageTemplate(
  message: Message,
  look: MessageLook,
  wording: Wording,
): TemplateResult {
  const { content } = message;
  if (isNotice(content)) {
    return html`<p class="notice" part="notice" dir="auto">
      ${contentText(wording.strings, message)}
    </p>`;
  }
  const { own, sender } = message;
  const named = look.group && !own;
  return html`${
    named
      ? look.last
        ? avatarTemplate({ id: sender.id, name: sender.name, src: sender.avatarUrl, size: 's' })
        : html`<span class="gutter"></span>`
      : nothing
  }${bubble(message, look, wording, named && look.first)}${
    message.state.status === 'failed' ? failure(message, look, wording) : nothing
  }${reactionsTemplate(message, look, wording)}`;
}

function bubble(
  message: Message,
  look: MessageLook,
  wording: Wording,
  named: boolean,
): TemplateResult {
  const { content, own, sender } = message;
  const large = content.type === 'text' && isEmojiOnly(content.text);
  const parts = own ? 'bubble own' : 'bubble';
  return html`<div class="bubble ${large ? 'large' : ''}" part=${parts}>
    ${
      named
        ? html`<div class="name" part="name" dir="auto" data-tone=${toneOf(sender.id)}>
            ${sender.name || sender.id}
          </div>`
        : nothing
    }<span class="text" part="text" dir="auto"
      >${words(message, look, wording.strings)}${
        hasMeta(message, look) ? metaTemplate(message, look, wording) : nothing
      }</span
    >${look.menu ? moreButton(look, wording) : nothing}
  </div>`;
}

function moreButton({ reachable }: MessageLook, { strings }: Wording): TemplateResult {
  return html`<button
    type="button"
    class="more"
    part="more"
    data-action="menu"
    aria-label=${strings.moreActions}
    aria-haspopup="menu"
    tabindex=${reachable ? 0 : -1}
  >
    ${moreIcon()}
  </button>`;
}

function words(message: Message, look: MessageLook, strings: Strings): unknown {
  const { content } = message;
  if (content.type !== 'text') return html`<em>${strings.unknownMessage}</em>`;
  const tokens = tokensOf(content);
  if (tokens.every(({ href }) => href === undefined)) return content.text;
  return tokens.map(({ text, href }) =>
    href === undefined
      ? text
      : html`<a
          part="link"
          href=${href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          tabindex=${look.reachable ? nothing : -1}
          >${text}</a
        >`,
  );
}

/** A message is looked through once, however often it is drawn. */
const known = new WeakMap<object, readonly TextToken[]>();

function tokensOf(content: { readonly text: string }): readonly TextToken[] {
  const tokens = known.get(content) ?? tokenizeLinks(content.text);
  known.set(content, tokens);
  return tokens;
}

function failure(message: Message, look: MessageLook, { strings }: Wording): TemplateResult {
  const { state } = message;
  const reason = state.status === 'failed' ? codeText(strings, state.code) : '';
  const tabIndex = look.reachable ? 0 : -1;
  return html`<div class="failure" part="failure">
    <span>${strings.notSent} · ${reason}</span>
    <button type="button" class="text-button" data-action="retry" tabindex=${tabIndex}>
      ${strings.retry}
    </button>
    <button type="button" class="text-button" data-action="discard" tabindex=${tabIndex}>
      ${strings.discard}
    </button>
  </div>`;
}

/** Turns a click inside `messageTemplate()` into the event that it means, fired at `target`. */
export function handleMessageClick(event: Event, message: Message, target: EventTarget): void {
  const { target: clicked } = event;
  if (!(clicked instanceof Element)) return;
  const link = clicked.closest('a');
  if (link) {
    if (!target.dispatchEvent(new ImOpenLinkEvent(link.href))) event.preventDefault();
    return;
  }
  const { action, emoji } = clicked.closest('button')?.dataset ?? {};
  if (action === 'retry') target.dispatchEvent(new ImRetryEvent(message.id));
  if (action === 'discard') target.dispatchEvent(new ImDiscardEvent(message.id));
  if (action === 'versions' || action === 'react') {
    target.dispatchEvent(new ImMessageActionEvent(action, message, emoji));
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, Message, Person, Presence } from '../../client/public.js';
import { bellOffIcon, failedMark, pinIcon } from '../../icons/icons.js';
import { listTime, startOfDay } from '../../locales/format.js';
import type { Strings } from '../../locales/en.js';
import { avatarTemplate } from '../primitives/avatar/avatar-template.js';
import type { Wording } from '../primitives/message/message-template.js';
import { contentText, isNotice } from '../primitives/message/message-text.js';
import { countText } from '../shared/text/count-text.js';
import { TemplateMemo } from '../shared/templates/template-memo.js';
import { typingText } from '../shared/text/typing-text.js';

/** No row shows more of a message than this. */
const PREVIEW_LENGTH = 160;

export type RowState = {
  readonly selected: boolean;
  /** Whether the Tab key reaches this row. */
  readonly reachable: boolean;
  readonly typing: readonly Person[] | undefined;
  readonly presence: Presence['state'] | undefined;
  readonly now: number;
};

/** The rows of a list; one that shows the same as before costs next to nothing. */
export class RowTemplates {
  readonly #memo: TemplateMemo<Conversation> = new TemplateMemo();

  row(conversation: Conversation, state: RowState, wording: Wording): TemplateResult {
    const { selected, reachable, typing, presence, now } = state;
    const { strings, locale } = wording;
    // Words for times change at midnight.
    const inputs = [selected, reachable, typing, presence, startOfDay(now), strings, locale];
    return this.#memo.get(conversation, inputs, () => rowTemplate(conversation, state, wording));
  }
}

/** One conversation: picture, title, time, the newest message, how many are unread. */
function rowTemplate(
  conversation: Conversation,
  { selected, reachable, typing, presence, now }: RowState,
  { strings, locale }: Wording,
): TemplateResult {
  const { id, title, pinned, attention, last, activeAt, kind, peerId, avatarUrl } = conversation;
  const square = kind === 'group';
  const time = last ? listTime(strings, locale, activeAt, now) : '';
  const preview = previewOf(conversation, typing, selected, strings);
  return html`<button
    type="button"
    class="row ${selected ? 'selected' : ''}"
    part=${selected ? 'row selected' : 'row'}
    data-id=${id}
    tabindex=${reachable ? 0 : -1}
    aria-current=${selected ? 'true' : nothing}
  >
    ${avatarTemplate({ id: peerId ?? id, name: title, src: avatarUrl, square })}${presenceTemplate(presence, strings)}
    <span class="head"
      ><span class="title" part="title" dir="auto">${title}</span>${
        attention === 'all' ? nothing : mark(bellOffIcon(), strings.muted)
      }${pinned === undefined ? nothing : mark(pinIcon(), strings.pinnedMark)}</span
    >
    <span class="time" part="time">${time}</span>
    <span class="preview" part="preview" dir="auto">${preview}</span>
    ${badge(conversation, strings)}
  </button>`;
}

function mark(icon: TemplateResult, label: string): TemplateResult {
  return html`<span class="sign" part="mark" role="img" aria-label=${label}>${icon}</span>`;
}

/** How many are unread; a dot where they are not counted, or where it is only marked so. */
function badge(
  { unread, markedUnread, attention }: Conversation,
  strings: Strings,
): TemplateResult | typeof nothing {
  if (!unread && !markedUnread) return nothing;
  const count = countText(unread);
  const isDot = !unread || attention === 'none';
  return html`<span
    class="badge ${isDot ? 'dot' : ''} ${attention === 'all' || markedUnread ? '' : 'quiet'}"
    part="badge"
    role="img"
    aria-label=${unread ? strings.unreadCount(count) : strings.markedUnread}
    >${isDot ? nothing : count}</span
  >`;
}

/** A dot beside the picture of somebody who is there. */
function presenceTemplate(state: RowState['presence'], strings: Strings): unknown {
  if (state !== 'online' && state !== 'away') return nothing;
  return html`<span
    class="presence ${state}"
    part="presence ${state}"
    role="img"
    aria-label=${strings[state]}
  ></span>`;
}

function previewOf(
  { kind, last, draft }: Conversation,
  typing: readonly Person[] | undefined,
  selected: boolean,
  strings: Strings,
): unknown {
  if (typing?.length) {
    return html`<em>${kind === 'group' ? typingText(strings, typing) : strings.typing}</em>`;
  }
  if (draft.trim() && !selected) {
    return html`<strong>${strings.draftMark}</strong> ${shorten(draft)}`;
  }
  if (!last) return nothing;
  const words = lastWords(last, kind === 'group', strings);
  if (last.state.status !== 'failed') return words;
  return html`<span role="img" aria-label=${strings.notSent}>${failedMark()}</span>${words}`;
}

function lastWords(last: Message, group: boolean, strings: Strings): string {
  const text = shorten(contentText(strings, last));
  if (isNotice(last.content)) return text;
  if (last.own) return strings.previewOwn(text);
  return group ? strings.previewOther(last.sender.name || last.sender.id, text) : text;
}

function shorten(text: string): string {
  return text.slice(0, PREVIEW_LENGTH).replace(/\s+/g, ' ');
}

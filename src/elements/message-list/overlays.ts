/** What floats over the rows without moving them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, HistoryState } from '../../client/public.js';
import { downIcon } from '../../icons/icons.js';
import { dayHeading } from '../../locales/format.js';
import type { Strings } from '../../locales/en.js';
import type { Wording } from '../primitives/message/message-template.js';
import { countText } from '../shared/count-text.js';
import type { RowScroller } from './row-scroller.js';
import type { Row } from './rows.js';

/** The day of the row at the top, while the reader scrolls and its own heading is out of sight. */
export function topDay(
  rows: readonly Row[],
  scroller: RowScroller,
  { strings, locale }: Wording,
  now: number,
): TemplateResult | typeof nothing {
  const top = scroller.topRow();
  const row = top !== undefined && rows.slice(top, top + 3).find(({ kind }) => kind === 'message');
  if (!row || row.kind !== 'message') return nothing;
  const shown =
    scroller.scrolling &&
    !scroller.following &&
    scroller.offset > 0 &&
    rows[top]?.kind !== 'day' &&
    rows[top + 1]?.kind !== 'day';
  return html`<div class="top-day ${shown ? 'shown' : ''}" aria-hidden="true">
    <span part="day">${dayHeading(strings, locale, row.message.at, now)}</span>
  </div>`;
}

/** That older messages are on their way, or could not be had. */
export function topNote(
  { loading, error }: HistoryState,
  strings: Strings,
  retry: () => void,
): TemplateResult | typeof nothing {
  if (loading === 'older') {
    return html`<div class="top-note">
      <div role="status">
        <span class="spinner"></span><span class="visually-hidden">${strings.loadingOlder}</span>
      </div>
    </div>`;
  }
  if (!error) return nothing;
  return html`<div class="top-note">
    <div role="status">
      <span>${strings.loadOlderFailed}</span>
      <button type="button" class="text-button" @click=${retry}>${strings.tryNow}</button>
    </div>
  </div>`;
}

/** The way back to the newest message, with the number of those that arrived meanwhile. */
export function jumpButton(count: number, strings: Strings, jump: () => void): TemplateResult {
  const label = count ? `, ${strings.newMessages(count)}` : '';
  return html`<button
    type="button"
    class="jump"
    part="jump"
    aria-label=${strings.jumpToLatest + label}
    @click=${jump}
  >
    ${downIcon()}${
      count ? html`<span class="badge" aria-hidden="true">${countText(count)}</span>` : nothing
    }
  </button>`;
}

/** The greeting of a conversation in which nothing has been said. */
export function greeting({ kind, title }: Conversation, strings: Strings): TemplateResult {
  const group = kind === 'group';
  return html`<im-state
    class="whole"
    kind="hello"
    heading=${group ? strings.groupStart(title) : strings.sayHello(title)}
    text=${group ? strings.groupStartHint : strings.sayHelloHint}
  ></im-state>`;
}

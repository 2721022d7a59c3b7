/** What floats over the rows without moving them. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Conversation, HistoryState } from '../../client/public.js';
import { downIcon } from '../../icons/icons.js';
import { dayHeading } from '../../locales/format.js';
import type { Strings } from '../../locales/en.js';
import type { Wording } from '../primitives/message/message-template.js';
import type { ImError } from '../../protocol/im-error.js';
import { countText } from '../shared/text/count-text.js';
import { errorText } from '../shared/text/error-text.js';
import type { HistoryView } from './history-controller.js';
import type { RowScroller } from './rows/row-scroller.js';
import type { Row } from './rows/rows.js';

export type Overlays = {
  readonly state: HistoryState;
  readonly conversation: Conversation | undefined;
  readonly rows: readonly Row[];
  readonly scroller: RowScroller;
  readonly wording: Wording;
  readonly now: number;
  /** How many messages have arrived below what is shown. */
  readonly arrived: number;
  readonly loadOlder: () => void;
  readonly loadAnew: () => void;
  readonly jump: () => void;
};

/** What covers the rows while there are none to trust. */
export function instead(view: HistoryView, strings: Strings): TemplateResult | typeof nothing {
  if (view.status === 'failed') {
    return html`<im-state class="whole" kind="error" heading=${strings.historyFailed}></im-state>`;
  }
  const waiting =
    view.status === 'pending' || (view.status === 'ready' && view.value.loading === 'first');
  return waiting
    ? html`<im-skeleton class="whole" shape="messages" label=${strings.loadingMessages}>
      </im-skeleton>`
    : nothing;
}

/** All that floats, or stands where there are no rows. */
export function overlays({
  state,
  conversation,
  rows,
  scroller,
  ...rest
}: Overlays): TemplateResult {
  const { wording, now, arrived, loadOlder, loadAnew, jump } = rest;
  const { strings } = wording;
  const { messages, hasOlder, hasNewer, loading, error } = state;
  const away = rows.length > 0 && (!scroller.following || hasNewer);
  const empty = messages.length === 0 && !loading;
  return html`${topDay(rows, scroller, wording, now)} ${topNote(state, strings, loadOlder)}
  ${
    empty && !hasOlder && !error
      ? html`<slot name="empty">${conversation ? greeting(conversation, strings) : nothing}</slot>`
      : nothing
  }${empty && error ? missing(error, strings, loadAnew) : nothing}
  ${away ? jumpButton(arrived, strings, jump) : nothing}`;
}

/** The day of the row at the top, while the reader scrolls and its own heading is out of sight. */
function topDay(
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
function topNote(
  { messages, loading, error }: HistoryState,
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
  if (!error || !messages.length) return nothing;
  return html`<div class="top-note">
    <div role="status">
      <span>${strings.loadOlderFailed}</span>
      <button type="button" class="text-button" @click=${retry}>${strings.tryNow}</button>
    </div>
  </div>`;
}

/** Why there are no messages to show where there should be some. */
function missing(error: ImError, strings: Strings, retry: () => void): TemplateResult {
  const offline = error.code === 'connection/offline';
  return html`<im-state
    class="whole"
    kind=${offline ? 'offline' : 'error'}
    heading=${offline ? strings.conversationNotHere : strings.historyFailed}
    text=${offline ? strings.conversationNotHereHint : errorText(strings, error)}
  >
    <button slot="action" type="button" class="text-button" @click=${retry}>
      ${strings.tryNow}
    </button>
  </im-state>`;
}

/** The way back to the newest message, with the number of those that arrived meanwhile. */
function jumpButton(count: number, strings: Strings, jump: () => void): TemplateResult {
  return html`<button
    type="button"
    class="jump"
    part="jump"
    aria-label=${count ? strings.jumpToNew(count) : strings.jumpToLatest}
    @click=${jump}
  >
    ${downIcon()}${
      count ? html`<span class="badge" aria-hidden="true">${countText(count)}</span>` : nothing
    }
  </button>`;
}

/** The greeting of a conversation in which nothing has been said. */
function greeting({ kind, title }: Conversation, strings: Strings): TemplateResult {
  const group = kind === 'group';
  return html`<im-state
    class="whole"
    kind="hello"
    heading=${group ? strings.groupStart(title) : strings.sayHello(title)}
    text=${group ? strings.groupStartHint : strings.sayHelloHint}
  ></im-state>`;
}

/** What stands in small print inside a bubble: marks, whether it was edited, time and status. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Message, MessageStatus } from '../../../client/public.js';
import { clockMark, failedMark, tickMark, ticksMark } from '../../../icons/icons.js';
import { timeOfDay } from '../../../locales/format.js';
import type { MessageLook, Wording } from './message-template.js';
import { statusText } from './message-text.js';

/** Whether a message says when it was written, or anything else in small print. */
export function hasMeta(message: Message, { last }: MessageLook): boolean {
  const { state, edited, pinned, starred } = message;
  return last || edited || pinned || starred || state.status === 'failed';
}

/** The small print. */
export function metaTemplate(
  { at, own, state, edited, pinned, starred }: Message,
  look: MessageLook,
  { strings, locale }: Wording,
): TemplateResult {
  return html`<span class="meta" part="meta"
    >${pinned ? mark(PIN, strings.pinnedMark) : nothing}${
      starred ? mark(STAR, strings.starredMark) : nothing
    }${
      edited
        ? html`<button
            type="button"
            class="edited"
            part="edited"
            data-action="versions"
            tabindex=${look.reachable ? 0 : -1}
          >
            ${strings.edited}
          </button>`
        : nothing
    }<span part="time">${timeOfDay(locale, at)}</span>${
      own
        ? html`<span
            class="status ${state.status}"
            part="status"
            role="img"
            aria-label=${statusText(strings, state)}
            >${statusMark(state)}</span
          >`
        : nothing
    }</span
  >`;
}

const PIN = 'M4.2 1h3.6l-.4 3.6 1.9 2.2H2.7l1.9-2.2ZM6 6.8V11';
const STAR = 'm6 1.2 1.4 2.9 3.2.5-2.3 2.2.6 3.2L6 8.5 3.1 10l.6-3.2L1.4 4.6l3.2-.5Z';

function mark(path: string, label: string): TemplateResult {
  return html`<span role="img" aria-label=${label} title=${label}
    ><svg class="mark small" viewBox="0 0 12 12" aria-hidden="true"><path d=${path} /></svg
  ></span>`;
}

function statusMark({ status }: MessageStatus): TemplateResult | typeof nothing {
  switch (status) {
    case 'queued':
    case 'sending':
      return clockMark();
    case 'sent':
      return tickMark();
    case 'delivered':
    case 'read':
      return ticksMark();
    case 'failed':
      return failedMark();
    case 'received':
      return nothing;
  }
}

import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { Message } from '../../../client/public.js';
import { dayHeading, nameList, timeOfDay } from '../../../locales/format.js';
import { messageTemplate, type Wording } from '../../primitives/message/message-template.js';
import {
  contentText,
  isNotice,
  marksText,
  senderName,
} from '../../primitives/message/message-text.js';
import { setStyle } from '../../shared/templates/set-style.js';
import type { TemplateMemo } from '../../shared/templates/template-memo.js';
import type { MessageRow, Row } from './rows.js';

/** What all rows of one rendering have in common. */
export type RowContext = Wording & {
  readonly now: number;
  readonly group: boolean;
  /** Who looks at the list. */
  readonly self: string | undefined;
  /** How many rows there are, or -1 when there is more history than is held. */
  readonly setSize: number;
  /** The key of the row that the Tab key reaches. */
  readonly activeKey: string | undefined;
  readonly measure: (element: Element | undefined) => void;
  readonly memo: TemplateMemo<Message>;
};

/**
 * One row.
 *
 * @param top - Where a row stands that is kept in the page outside the others; else undefined.
 */
export function rowTemplate(
  row: Row,
  index: number,
  top: number | undefined,
  context: RowContext,
): TemplateResult {
  switch (row.kind) {
    case 'day':
      return html`<div class="day" data-index=${index} ${ref(context.measure)}>
        <span part="day">${dayHeading(context.strings, context.locale, row.at, context.now)}</span>
      </div>`;
    case 'unread':
      return html`<div class="unread" part="unread" data-index=${index} ${ref(context.measure)}>
        <span>${context.strings.newMessages(row.count)}</span>
      </div>`;
    case 'message':
      return context.memo.get(row.message, inputsOf(row, index, top, context), () =>
        messageRow(row, index, top, context),
      );
  }
}

/** Everything besides the message that a row shows. */
function inputsOf(
  { key, first, last }: MessageRow,
  index: number,
  top: number | undefined,
  { strings, locale, group, setSize, activeKey }: RowContext,
): readonly unknown[] {
  return [first, last, index, top, strings, locale, group, setSize, key === activeKey];
}

function messageRow(
  row: MessageRow,
  index: number,
  top: number | undefined,
  context: RowContext,
): TemplateResult {
  const { message, first, last } = row;
  const active = row.key === context.activeKey;
  const { group, self } = context;
  const look = { first, last, group, reachable: active, self, menu: true };
  return html`<div
    class=${rowClass(row, context.group, top !== undefined)}
    part="row"
    role="article"
    tabindex=${active ? 0 : -1}
    aria-label=${rowLabel(row, context)}
    aria-posinset=${index + 1}
    aria-setsize=${context.setSize}
    data-index=${index}
    data-id=${message.id}
    ${ref(context.measure)}
    ${top === undefined ? nothing : setStyle({ 'inset-block-start': `${top}px` })}
  >
    ${messageTemplate(message, look, context)}
  </div>`;
}

function rowClass({ message, first, last }: MessageRow, group: boolean, pinned: boolean): string {
  let names = 'row';
  if (isNotice(message.content)) names += ' system';
  if (message.own) names += ' own';
  if (group) names += ' group';
  if (first) names += ' first';
  if (last) names += ' last';
  if (pinned) names += ' pinned';
  return names;
}

function rowLabel({ message }: MessageRow, { strings, locale }: RowContext): string {
  const text = contentText(strings, message);
  if (isNotice(message.content)) return text;
  return strings.messageLabel(
    senderName(strings, message),
    text,
    timeOfDay(locale, message.at),
    nameList(locale, marksText(strings, message)),
  );
}

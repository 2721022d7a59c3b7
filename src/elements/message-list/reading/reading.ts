/**
 * Where the reader is in a conversation: the rows, the line above the new ones, what has been seen.
 *
 * A message counts as read when it was shown to its end on the screen of somebody who uses the page.
 */
import type { Conversation, HistoryState, ImClient, Message } from '../../../client/public.js';
import { isNotice } from '../../primitives/message/message-text.js';
import type { RowScroller } from '../rows/row-scroller.js';
import { buildRows, type Row } from '../rows/rows.js';
import { UnreadDivider } from './unread-divider.js';

export class Reading {
  rows: readonly Row[] = [];

  readonly #scroller: RowScroller;
  readonly #divider = new UnreadDivider();
  #state: HistoryState | undefined;
  #dividerOfRows: string | undefined;
  /** Whether the reader has been put at the end, or at the first new message. */
  #placed = false;
  #opened = false;
  #startIndex: number | undefined;
  #goToEnd = false;
  #skipsLine = false;
  #newestOwn: string | undefined;
  #markedSeq = 0;

  constructor(scroller: RowScroller) {
    this.#scroller = scroller;
  }

  /** Another conversation begins. */
  restart(): void {
    this.rows = [];
    this.#state = undefined;
    this.#divider.clear();
    this.#opened = false;
    this.#placed = false;
    this.#skipsLine = false;
    this.#newestOwn = undefined;
    this.#markedSeq = 0;
    this.#scroller.reset();
  }

  /** The next history goes to the end, wherever the reader is now. */
  leave(): void {
    this.#placed = false;
    this.#skipsLine = true;
  }

  /** The message of a row. */
  readonly find = (messageId: string | undefined): Message | undefined => {
    const row = this.rows.find(({ key }) => key === messageId);
    return row?.kind === 'message' ? row.message : undefined;
  };

  /** What this user has written last, as far as it is held. */
  get lastOwn(): Message | undefined {
    return this.#state?.messages.findLast(({ own, content }) => own && !isNotice(content));
  }

  clearLine(): void {
    this.#divider.clear();
  }

  /** Messages of others have arrived, and `looking` tells whether the user has seen them do so. */
  arrive(messages: readonly Message[], looking: boolean): void {
    this.#divider.arrived(messages, looking && this.#scroller.following);
  }

  /** Takes what is known before a rendering. */
  take(state: HistoryState | undefined, readSeq: number | undefined): void {
    if (!state || readSeq === undefined) {
      this.#scroller.setRows(this.rows, true);
      return;
    }
    if (!this.#opened && state.messages.length) {
      this.#opened = true;
      this.#divider.open(state.messages, readSeq);
    }
    const follow = this.#placed && this.#state?.hasNewer !== true;
    this.#noticeOwn(state.messages);
    this.#makeRows(state);
    this.#scroller.setRows(this.rows, follow);
    if (!this.#placed && this.rows.length) this.#place();
  }

  /** Scrolls to where the rendering should be. */
  settle(): void {
    if (this.#startIndex !== undefined) this.#scroller.scrollToRow(this.#startIndex, 'start');
    else if (this.#goToEnd) this.#scroller.scrollToEnd();
    this.#startIndex = undefined;
    this.#goToEnd = false;
  }

  /** Tells the client what has been seen. */
  markRead(client: ImClient | undefined, conversation: Conversation | undefined): void {
    const seq = this.#shownSeq();
    if (!client || !conversation || seq === undefined) return;
    if (this.#scroller.following) this.#divider.looked();
    if (seq <= Math.max(this.#markedSeq, conversation.readSeq)) return;
    this.#markedSeq = seq;
    // Nobody asked for it and nobody can help it; the next message marks these as well.
    client.markRead(conversation.id, seq).catch(() => undefined);
  }

  #makeRows(state: HistoryState): void {
    const { beforeId } = this.#divider;
    if (state === this.#state && beforeId === this.#dividerOfRows) return;
    this.#state = state;
    this.#dividerOfRows = beforeId;
    this.rows = buildRows(state, beforeId);
  }

  #place(): void {
    this.#placed = true;
    const unread = this.#skipsLine ? -1 : this.rows.findIndex(({ kind }) => kind === 'unread');
    this.#skipsLine = false;
    this.#startIndex = unread < 0 ? undefined : unread;
    this.#goToEnd = unread < 0;
    this.#scroller.startAt(this.#startIndex);
  }

  /** Who sends wants to see it: an own new message takes the reader to the end. */
  #noticeOwn(messages: readonly Message[]): void {
    const last = messages.at(-1);
    if (!last?.own || last.id === this.#newestOwn) return;
    const { status } = last.state;
    this.#newestOwn = last.id;
    if (!this.#placed || (status !== 'queued' && status !== 'sending')) return;
    this.#divider.clear();
    this.#goToEnd = true;
  }

  #shownSeq(): number | undefined {
    const shown = this.#scroller.lastShown();
    if (shown === undefined) return;
    for (let index = shown; index >= 0; index--) {
      const row = this.rows[index];
      if (row?.kind === 'message' && row.message.seq !== undefined) return row.message.seq;
    }
    return;
  }
}

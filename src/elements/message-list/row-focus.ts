/** One stop of the Tab key for all messages, and the keys that move within them. */
import type { LitElement } from 'lit';
import { FocusKeeper } from '../controllers/focus-keeper.js';
import type { RowScroller } from './row-scroller.js';
import type { Row } from './rows.js';

const PAGE = 8;

export class RowFocus {
  readonly #host: LitElement;
  readonly #scroller: RowScroller;
  readonly #rows: () => readonly Row[];
  #key: string | undefined;

  constructor(host: LitElement, scroller: RowScroller, rows: () => readonly Row[]) {
    this.#host = host;
    this.#scroller = scroller;
    this.#rows = rows;
    new FocusKeeper(host);
  }

  /** The row that the Tab key reaches: the one used last, else the newest. */
  get activeKey(): string | undefined {
    const rows = this.#rows();
    const kept = this.#key !== undefined && rows.some(({ key }) => key === this.#key);
    return kept ? this.#key : rows.findLast(isMessage)?.key;
  }

  /** A row has received the focus, or the list has lost it. */
  hold(key: string | undefined): void {
    if (key !== undefined) this.#key = key;
    this.#scroller.pin(key);
  }

  /** Moves by a key; tells whether it was one of those. */
  handleKey(key: string): boolean {
    const rows = this.#rows();
    const now = rows.findIndex((row) => row.key === this.activeKey);
    const target = this.#target(key, rows, now);
    if (target === undefined) return false;
    const row = rows[target];
    if (row) void this.#focus(row.key, target);
    return true;
  }

  #target(key: string, rows: readonly Row[], now: number): number | undefined {
    switch (key) {
      case 'ArrowUp':
        return step(rows, now, -1, 1);
      case 'ArrowDown':
        return step(rows, now, 1, 1);
      case 'PageUp':
        return step(rows, now, -1, PAGE);
      case 'PageDown':
        return step(rows, now, 1, PAGE);
      case 'Home':
        return rows.findIndex(isMessage);
      case 'End':
        return rows.findLastIndex(isMessage);
      default:
        return;
    }
  }

  async #focus(key: string, index: number): Promise<void> {
    this.hold(key);
    this.#scroller.scrollToRow(index, 'auto');
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const row = this.#host.renderRoot.querySelector<HTMLElement>(`[data-index="${index}"]`);
    row?.focus({ preventScroll: true });
  }
}

function isMessage({ kind }: Row): boolean {
  return kind === 'message';
}

/** The message `count` rows away, or the outermost one in that direction. */
function step(rows: readonly Row[], start: number, direction: 1 | -1, count: number): number {
  let found = start;
  let left = count;
  for (let index = start + direction; left > 0 && rows[index]; index += direction) {
    if (rows[index]?.kind !== 'message') continue;
    found = index;
    left--;
  }
  return found;
}

/**
 * One stop of the Tab key for all messages, and the keys that move within them. When what has the
 * focus goes, as a button does that has been used, the focus stays with its row or the next one.
 */
import type { LitElement, ReactiveController } from 'lit';
import { FocusKeeper } from '../../controllers/focus-keeper.js';
import type { RowScroller } from './row-scroller.js';
import type { Row } from './rows.js';

const PAGE = 8;

export class RowFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #scroller: RowScroller;
  readonly #rows: () => readonly Row[];
  readonly #isAtEnd: () => boolean;
  #key: string | undefined;
  #wantsNewest = false;
  #focused: { readonly element: Element; readonly row: HTMLElement } | undefined;

  /** @param isAtEnd - Whether the last row is the newest message. */
  constructor(
    host: LitElement,
    scroller: RowScroller,
    rows: () => readonly Row[],
    isAtEnd: () => boolean,
  ) {
    this.#host = host;
    this.#scroller = scroller;
    this.#rows = rows;
    this.#isAtEnd = isAtEnd;
    new FocusKeeper(host);
    host.addController(this);
  }

  hostUpdate(): void {
    const element = this.#host.shadowRoot?.activeElement;
    const row = element?.closest<HTMLElement>('.row');
    this.#focused = element && row ? { element, row } : undefined;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = undefined;
    const gone = focused && !focused.element.isConnected && this.#host.isConnected;
    if (gone && !this.#host.shadowRoot?.activeElement) this.#stayNear(focused.row);
    if (!this.#wantsNewest || !this.#isAtEnd()) return;
    this.#wantsNewest = false;
    this.toRow(this.#rows().findLastIndex(isMessage));
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

  /** Whether the focus is in what a selector names; when that goes, it must hand the focus on. */
  isIn(selector: string): boolean {
    return this.#host.renderRoot.querySelector(`${selector}:focus-within`) !== null;
  }

  /** Gives the focus to the newest message, when that is here; nothing is scrolled. */
  toNewest(): void {
    this.#wantsNewest = true;
    this.#host.requestUpdate();
  }

  /** Gives the focus to the message at an index, or the next one below it; nothing is scrolled. */
  toRow(index: number): void {
    const row = this.#rows()[index];
    if (!row) return;
    if (isMessage(row)) void this.#focus(row.key);
    else this.toRow(index + 1);
  }

  /** Leads to a message; tells whether it is here. */
  show(key: string): boolean {
    const index = this.#rows().findIndex((row) => row.key === key);
    if (index < 0) return false;
    this.#scroller.scrollToRow(index, 'center');
    void this.#focus(key).then((row) => {
      const glow = ['0 0 0 5px var(--_im-accent-soft)', '0 0 0 5px transparent'];
      row
        ?.querySelector('.bubble')
        ?.animate({ boxShadow: glow }, { duration: 1_600, easing: 'ease-in' });
    });
    return true;
  }

  /** Moves by a key; tells whether it was one of those. */
  handleKey(key: string): boolean {
    const rows = this.#rows();
    const now = rows.findIndex((row) => row.key === this.activeKey);
    const target = this.#target(key, rows, now);
    if (target === undefined) return false;
    const row = rows[target];
    if (!row) return true;
    this.#scroller.scrollToRow(target, 'auto');
    void this.#focus(row.key);
    return true;
  }

  /** A row, or something inside it, has received the focus. */
  readonly handleFocus = ({ target }: FocusEvent): void => {
    const row = target instanceof Element && target.closest<HTMLElement>('[data-id]');
    if (!row) return;
    this.hold(row.dataset.id);
    this.#host.requestUpdate();
  };

  /** The row that had the focus, or what has taken its place. */
  #stayNear({ dataset }: HTMLElement): void {
    const rows = this.#rows();
    const same = rows.findIndex(({ key }) => key === dataset.id);
    const index = Math.min(Number(dataset.index), rows.length - 1);
    if (same >= 0) this.toRow(same);
    else this.toRow(rows.slice(index).some(isMessage) ? index : rows.findLastIndex(isMessage));
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

  async #focus(key: string): Promise<HTMLElement | null> {
    this.hold(key);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    const row = this.#host.renderRoot.querySelector<HTMLElement>(`[data-id="${CSS.escape(key)}"]`);
    row?.focus({ preventScroll: true });
    return row;
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

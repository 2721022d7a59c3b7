import type { LitElement, ReactiveController } from 'lit';
import { FocusKeeper } from '../controllers/focus-keeper.js';
import { whenIdle } from '../shared/when-idle.js';

/** Rows beyond the view, so that quick scrolling meets no blank. */
const OVERSCAN = 6;
/** What a row is taken for until one has been laid out. */
const ASSUMED_PX = 64;

/** Which of many equally high rows are near the view. */
export class RowWindow implements ReactiveController {
  rowHeight: number = ASSUMED_PX;

  readonly #host: LitElement;
  readonly #element: () => HTMLElement | null;
  #observer: ResizeObserver | undefined;
  #row: Element | undefined;
  #height = 800;
  #first = 0;
  /** None for the first picture, which nobody has scrolled yet. */
  #overscan = 0;
  #stopWaiting: (() => void) | undefined;

  constructor(host: LitElement, element: () => HTMLElement | null) {
    this.#host = host;
    this.#element = element;
    host.addController(this);
    new FocusKeeper(host);
  }

  /** The indexes to draw, of `count` rows and always of `kept`. */
  indexes(count: number, kept: number): readonly number[] {
    const shown = Math.ceil(this.#height / this.rowHeight) + 2 * this.#overscan;
    const first = Math.max(Math.min(this.#first - this.#overscan, count - shown), 0);
    const indexes = Array.from({ length: Math.min(shown, count) }, (_, step) => first + step);
    if (kept >= 0 && kept < count && !indexes.includes(kept)) {
      if (kept < first) indexes.unshift(kept);
      else indexes.push(kept);
    }
    return indexes;
  }

  hostUpdated(): void {
    const element = this.#element();
    if (!element) return;
    if (!this.#observer) {
      this.#observer = new ResizeObserver((entries) => this.#noteSizes(entries));
      this.#observer.observe(element);
    }
    this.#observeRow(element.querySelector('li') ?? undefined);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
    this.#row = undefined;
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }

  /** All rows are as high as this one. Observed, not asked: an answer would cost a layout of its own. */
  #observeRow(row: Element | undefined): void {
    if (row && this.#overscan === 0) {
      this.#stopWaiting ??= whenIdle(() => {
        this.#overscan = OVERSCAN;
        this.#host.requestUpdate();
      });
    }
    if (row === this.#row) return;
    if (this.#row) this.#observer?.unobserve(this.#row);
    if (row) this.#observer?.observe(row, { box: 'border-box' });
    this.#row = row;
  }

  #noteSizes(entries: readonly ResizeObserverEntry[]): void {
    let { rowHeight } = this;
    let height = this.#height;
    for (const { target, borderBoxSize } of entries) {
      const size = borderBoxSize[0]?.blockSize;
      // What is not displayed has no size.
      if (!size || !target.isConnected) continue;
      if (target === this.#row) rowHeight = size;
      else height = size;
    }
    if (rowHeight === this.rowHeight && height === this.#height) return;
    this.rowHeight = rowHeight;
    this.#height = height;
    this.#host.requestUpdate();
  }

  /** To be called when the element scrolls. */
  readonly handleScroll = (): void => {
    const first = Math.floor((this.#element()?.scrollTop ?? 0) / this.rowHeight);
    // The rows beyond the view cover for small movements.
    if (Math.abs(first - this.#first) < OVERSCAN / 2 && first !== 0) return;
    this.#first = first;
    this.#host.requestUpdate();
  };
}

/** The row that a key leads to, or undefined when the key leads nowhere. */
export function rowAfterKey(key: string, now: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowUp':
      return Math.max(now - 1, 0);
    case 'ArrowDown':
      return Math.min(now + 1, last);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return;
  }
}

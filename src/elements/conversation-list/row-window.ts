import type { LitElement, ReactiveController } from 'lit';
import { FocusKeeper } from '../controllers/focus-keeper.js';

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
  #height = 800;
  #first = 0;

  constructor(host: LitElement, element: () => HTMLElement | null) {
    this.#host = host;
    this.#element = element;
    host.addController(this);
    new FocusKeeper(host);
  }

  /** The indexes to draw, of `count` rows and always of `kept`. */
  indexes(count: number, kept: number): readonly number[] {
    const shown = Math.ceil(this.#height / this.rowHeight) + 2 * OVERSCAN;
    const first = Math.max(Math.min(this.#first - OVERSCAN, count - shown), 0);
    const indexes = Array.from({ length: Math.min(shown, count) }, (_, step) => first + step);
    if (kept >= 0 && kept < count && !indexes.includes(kept)) {
      if (kept < first) indexes.unshift(kept);
      else indexes.push(kept);
    }
    return indexes;
  }

  hostUpdated(): void {
    const element = this.#element();
    const row = element?.querySelector('li');
    if (row?.offsetHeight && row.offsetHeight !== this.rowHeight) {
      this.rowHeight = row.offsetHeight;
      this.#host.requestUpdate();
    }
    if (!element || this.#observer) return;
    this.#observer = new ResizeObserver(() => {
      if (element.clientHeight === this.#height) return;
      this.#height = element.clientHeight;
      this.#host.requestUpdate();
    });
    this.#observer.observe(element);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#observer = undefined;
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

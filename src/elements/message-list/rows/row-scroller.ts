/**
 * Which rows are in the page, and where the reader is.
 *
 * Following the end and holding the reader's place are two states: at the end, what arrives is
 * scrolled to; anywhere else, nothing that arrives or grows may move what is being read. The
 * virtualizer keeps both, by anchoring to the end and to the keys of the rows. It is told the heights
 * and corrects the place by them; a second correction would fight with it.
 */
import {
  elementScroll,
  VirtualizerController,
  type VirtualItem,
  type Virtualizer,
} from '@tanstack/lit-virtual';
import type { LitElement, ReactiveController } from 'lit';
import { RowHeights } from './row-heights.js';
import { estimateHeight, type Row } from './rows.js';

type Rows = Virtualizer<HTMLElement, HTMLElement>;

/** This close to the end counts as being there. */
const END_PX = 40;
const OVERSCAN = 6;
/** For this long after scrolling to a row the place is corrected as heights become known. */
const AIM_MS = 300;

export class RowScroller implements ReactiveController {
  /** Whether the newest row is in view, so that newer ones are followed. */
  following = true;

  readonly #host: LitElement;
  readonly #element: () => HTMLElement | null;
  readonly #controller: VirtualizerController<HTMLElement, HTMLElement>;
  readonly #heights = new RowHeights((index, height) =>
    this.#virtualizer.resizeItem(index, height),
  );
  #boxObserver: ResizeObserver | undefined;
  #rows: readonly Row[] = [];
  #pinnedKey: string | undefined;
  /** What was scrolled to last, while heights that are not known yet may still move it. */
  #aim: { readonly key: string; readonly align: 'start' | 'center' | 'auto' } | undefined;
  #aimedUntil = 0;
  /** Another size of the box moves the rows by itself until then. */
  #fittedUntil = 0;
  /** Rows have come or gone above the others. */
  #shifted = false;
  #width = 600;

  constructor(host: LitElement, element: () => HTMLElement | null) {
    this.#host = host;
    this.#element = element;
    this.#controller = new VirtualizerController(host, {
      count: 0,
      overscan: OVERSCAN,
      paddingStart: 12,
      paddingEnd: 8,
      anchorTo: 'end',
      followOnAppend: true,
      scrollEndThreshold: END_PX,
      getScrollElement: element,
      // No box of a page is higher than its window. What it is in truth is observed: asking would cost
      // a layout before there is anything to lay out.
      initialRect: { width: 0, height: globalThis.innerHeight },
      observeElementRect: observeBox,
      getItemKey: this.#keyOf,
      estimateSize: this.#estimate,
      rangeExtractor: this.#range,
      scrollToFn: scrollNow,
    });
    host.addController(this);
  }

  get #virtualizer(): Rows {
    return this.#controller.getVirtualizer();
  }

  /** The rows to draw. */
  get items(): readonly VirtualItem[] {
    return this.#virtualizer.getVirtualItems();
  }

  /** The row among `items` that is drawn only because it is pinned, if it is away from the others. */
  apart(items: readonly VirtualItem[]): VirtualItem | undefined {
    const first = items[0];
    const last = items.at(-1);
    if (first?.key === this.#pinnedKey && items[1]?.index !== (first?.index ?? 0) + 1) return first;
    if (last?.key === this.#pinnedKey && items.at(-2)?.index !== (last?.index ?? 0) - 1)
      return last;
    return;
  }

  /** The height of all rows together. */
  get totalHeight(): number {
    return this.#virtualizer.getTotalSize();
  }

  get offset(): number {
    return this.#virtualizer.scrollOffset ?? 0;
  }

  get height(): number {
    return (this.#virtualizer.scrollRect ?? this.#virtualizer.options.initialRect).height;
  }

  /** Whether the rows are moving under the reader's hand, and not by themselves. */
  get scrolling(): boolean {
    const now = performance.now();
    return this.#virtualizer.isScrolling && now > this.#aimedUntil && now > this.#fittedUntil;
  }

  /** How far the end is away. */
  get distanceFromEnd(): number {
    return Math.max(this.totalHeight - this.height - this.offset, 0);
  }

  hostUpdated(): void {
    const element = this.#element();
    if (!element) return;
    this.#heights.measureNew();
    if (this.#shifted) this.#aimAgain();
    this.#observeFit(element);
  }

  hostDisconnected(): void {
    this.#boxObserver?.disconnect();
    this.#boxObserver = undefined;
    this.#heights.stop();
  }

  /**
   * Takes the rows of the next rendering.
   *
   * @param follow - False while newer history is merely being paged in below the reader.
   */
  setRows(rows: readonly Row[], follow: boolean): void {
    this.#shifted ||= this.#rows.length > 0 && rows[0]?.key !== this.#rows[0]?.key;
    const virtualizer = this.#virtualizer;
    // Brings its places up to date while the old keys can still be asked for.
    virtualizer.getTotalSize();
    this.#rows = rows;
    virtualizer.setOptions({
      ...virtualizer.options,
      count: rows.length,
      followOnAppend: follow,
    });
  }

  /** Keeps a row in the page wherever the reader goes, as the one that has the focus. */
  pin(key: string | undefined): void {
    this.#pinnedKey = key;
  }

  /** Makes the next rendering draw the rows at the end, or at a row, without first drawing others. */
  startAt(index: number | undefined): void {
    const virtualizer = this.#virtualizer;
    const end = Math.max(virtualizer.getTotalSize() - this.height, 0);
    const start = index === undefined ? end : virtualizer.measurementsCache[index]?.start;
    virtualizer.scrollOffset = Math.min(start ?? end, end);
    this.following = index === undefined;
  }

  /** Forgets the heights of another conversation's rows. */
  reset(): void {
    this.following = true;
    this.#aim = undefined;
    this.#virtualizer.measure();
  }

  scrollToEnd(smooth = false): void {
    this.following = true;
    this.#aimedUntil = performance.now() + AIM_MS;
    const near = this.distanceFromEnd < this.height * 3;
    this.#virtualizer.scrollToEnd({ behavior: smooth && near ? 'smooth' : 'auto' });
  }

  scrollToRow(index: number, align: 'start' | 'center' | 'auto'): void {
    const key = this.#keyOf(index);
    this.#aim = { key, align };
    this.#aimedUntil = performance.now() + AIM_MS;
    this.#virtualizer.scrollToIndex(index, { align });
    this.handleScroll();
  }

  /** The index of the row at the top edge of the view. */
  topRow(): number | undefined {
    if (!this.#rows.length) return;
    return this.#virtualizer.getVirtualItemForOffset(this.offset)?.index;
  }

  /** The last row that is in view as a whole, or fills the view. */
  lastShown(): number | undefined {
    const bottom = this.offset + this.height + 4;
    return this.items.findLast(({ start, end }) => end <= bottom || start <= this.offset)?.index;
  }

  /** To be called when the element scrolls; renders the host when following begins or ends. */
  readonly handleScroll = (): void => {
    const element = this.#element();
    if (!element) return;
    const left = element.scrollHeight - element.clientHeight - element.scrollTop;
    const following = left <= END_PX;
    if (following === this.following) return;
    this.following = following;
    // Not at once: this may be the end of an update of the host.
    void this.#host.updateComplete.then(() => this.#host.requestUpdate());
  };

  /** To be put on each row by `ref()`. */
  readonly measure = (row: Element | undefined): void => {
    if (row) this.#heights.add(row);
  };

  readonly #keyOf = (index: number): string => this.#rows[index]?.key ?? '';

  readonly #estimate = (index: number): number => estimateHeight(this.#rows[index], this.#width);

  /** The virtualizer goes on aiming at an index for some frames, and rows above have changed it. */
  #aimAgain(): void {
    this.#shifted = false;
    const aim = this.#aim;
    if (this.following) {
      this.scrollToEnd();
    } else if (aim && performance.now() < this.#aimedUntil) {
      const index = this.#rows.findIndex(({ key }) => key === aim.key);
      if (index >= 0) this.#virtualizer.scrollToIndex(index, { align: aim.align });
    }
  }

  readonly #range = (range: {
    startIndex: number;
    endIndex: number;
    overscan: number;
    count: number;
  }): number[] => {
    const first = Math.max(range.startIndex - range.overscan, 0);
    const last = Math.min(range.endIndex + range.overscan, range.count - 1);
    const indexes = Array.from({ length: last - first + 1 }, (_, step) => first + step);
    const pinned = this.#pinnedKey && this.#rows.findIndex(({ key }) => key === this.#pinnedKey);
    if (typeof pinned === 'number' && pinned >= 0 && (pinned < first || pinned > last)) {
      if (pinned < first) indexes.unshift(pinned);
      else indexes.push(pinned);
    }
    return indexes;
  };

  /** An observer of its own: what the virtualizer has been told is drawn before it is fitted. */
  #observeFit(element: HTMLElement): void {
    if (this.#boxObserver) return;
    this.#boxObserver = new ResizeObserver(() => this.#fit());
    this.#boxObserver.observe(element);
  }

  /** A view that shrinks, as when the composer grows, must not hide the end. */
  #fit(): void {
    const element = this.#element();
    if (!element) return;
    this.#width = element.clientWidth;
    this.#fittedUntil = performance.now() + AIM_MS;
    if (this.following && this.#rows.length) this.scrollToEnd();
  }
}

/** Tells the virtualizer how large its box is once that is laid out. */
const observeBox: Rows['options']['observeElementRect'] = ({ scrollElement }, tell) => {
  if (!scrollElement) return;
  const observer = new ResizeObserver(([entry]) => {
    const box = entry?.borderBoxSize[0];
    if (box) tell({ width: Math.round(box.inlineSize), height: Math.round(box.blockSize) });
  });
  observer.observe(scrollElement, { box: 'border-box' });
  return () => observer.disconnect();
};

/**
 * Scrolls, and tells the virtualizer where that led. The event that would tell it comes later, and
 * heights that are measured until then would be reckoned from the old place.
 */
function scrollNow(
  offset: number,
  options: { adjustments?: number; behavior?: ScrollBehavior },
  virtualizer: Rows,
): void {
  // An empty list is where it should be; to ask would cost a layout before there is anything to see.
  if (virtualizer.options.count === 0) return;
  elementScroll(offset, options, virtualizer);
  const top = virtualizer.scrollElement?.scrollTop;
  if (top === undefined || options.behavior === 'smooth' || options.adjustments !== undefined)
    return;
  virtualizer.scrollOffset = Math.abs(top - offset) < 1.5 ? offset : top;
}

/**
 * The real heights of rows.
 *
 * New rows are measured right after they were rendered, before anything is painted. They are observed
 * a frame later: rows that are born in an observer's callback would make the browser complain of a loop.
 */
export class RowHeights {
  readonly #tell: (index: number, height: number) => void;
  readonly #new: Set<Element> = new Set();
  /** Measured, and to be observed from the next frame on. */
  readonly #measured: Set<Element> = new Set();
  readonly #observed: Set<Element> = new Set();
  #observer: ResizeObserver | undefined;
  #frame = 0;

  /** @param tell - Hears the height of the row with a `data-index`. */
  constructor(tell: (index: number, height: number) => void) {
    this.#tell = tell;
  }

  /** A row is being rendered; it is not in the page yet. */
  add(row: Element): void {
    this.#new.add(row);
  }

  /** To be called after a rendering. */
  measureNew(): void {
    if (!this.#new.size) return;
    for (const row of this.#new) {
      if (row.isConnected) this.#note(row, row.getBoundingClientRect().height);
      this.#measured.add(row);
    }
    this.#new.clear();
    if (!this.#frame) this.#frame = requestAnimationFrame(() => this.#observeNew());
  }

  /** Ends all observation; the rows that remain count as new again. */
  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#observer?.disconnect();
    this.#observer = undefined;
    for (const row of [...this.#observed, ...this.#measured]) this.#new.add(row);
    this.#observed.clear();
    this.#measured.clear();
  }

  #observeNew(): void {
    this.#frame = 0;
    this.#observer ??= new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const height = borderBoxSize[0]?.blockSize;
        if (height !== undefined && target.isConnected) this.#note(target, height);
      }
    });
    for (const row of this.#observed) {
      if (row.isConnected) continue;
      this.#observer.unobserve(row);
      this.#observed.delete(row);
    }
    for (const row of this.#measured) {
      if (!row.isConnected) continue;
      this.#observer.observe(row, { box: 'border-box' });
      this.#observed.add(row);
    }
    this.#measured.clear();
  }

  #note(row: Element, height: number): void {
    // A list that is not displayed has no heights.
    if (height > 0) this.#tell(Number(row.getAttribute('data-index')), height);
  }
}

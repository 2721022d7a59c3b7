/**
 * The least a list of any length can cost: rows of one fixed height, and only those in view are in the
 * page. A real list must measure its rows, so it can come near this, not reach it.
 */

const ROW_PX = 64;
const BEYOND = 4;

export class WindowList {
  readonly element: HTMLElement;
  readonly #space: HTMLElement = document.createElement('div');
  readonly #shown: Map<number, HTMLElement> = new Map();
  readonly #draw: (index: number) => HTMLElement;
  #count = 0;

  constructor(element: HTMLElement, draw: (index: number) => HTMLElement) {
    this.element = element;
    this.#draw = draw;
    this.#space.style.position = 'relative';
    element.append(this.#space);
    element.addEventListener('scroll', () => this.#render());
  }

  /** Shows the end of `count` rows. */
  setCount(count: number): void {
    this.#count = count;
    this.#space.style.height = `${count * ROW_PX}px`;
    this.element.scrollTop = count * ROW_PX;
    this.#render();
  }

  #render(): void {
    const { scrollTop, clientHeight } = this.element;
    const from = Math.max(0, Math.floor(scrollTop / ROW_PX) - BEYOND);
    const to = Math.min(this.#count, Math.ceil((scrollTop + clientHeight) / ROW_PX) + BEYOND);
    for (const [index, row] of this.#shown) {
      if (index >= from && index < to) continue;
      row.remove();
      this.#shown.delete(index);
    }
    for (let index = from; index < to; index++) {
      if (this.#shown.has(index)) continue;
      const row = this.#draw(index);
      row.style.cssText = `position:absolute;inset-inline:0;top:${index * ROW_PX}px;height:${ROW_PX}px`;
      this.#shown.set(index, row);
      this.#space.append(row);
    }
  }
}

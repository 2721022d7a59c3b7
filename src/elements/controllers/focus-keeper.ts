import type { LitElement, ReactiveController } from 'lit';

/** Keeps the focus where it is when a rendering moves the element that has it to another place. */
export class FocusKeeper implements ReactiveController {
  readonly #host: LitElement;
  #focused: Element | null | undefined;

  constructor(host: LitElement) {
    this.#host = host;
    host.addController(this);
  }

  hostUpdate(): void {
    this.#focused = this.#host.shadowRoot?.activeElement;
  }

  hostUpdated(): void {
    const focused = this.#focused;
    this.#focused = undefined;
    if (!(focused instanceof HTMLElement) || !focused.isConnected) return;
    // Nothing in a rendering gives the focus to something else: then it was lost by moving.
    if (this.#host.shadowRoot?.activeElement === null) focused.focus({ preventScroll: true });
  }
}

import type { LitElement, ReactiveController } from 'lit';

/**
 * Puts the cursor into the composer, also when that is not there yet: between two conversations, or
 * while one is loaded, there is none. Until then the focus waits close by, where keys still reach the
 * element, unless the user takes it elsewhere. A composer that had the focus hands it to the next one.
 */
export class ComposerFocus implements ReactiveController {
  readonly #host: LitElement;
  readonly #composer: () => HTMLElement | null;
  readonly #isChosen: () => boolean;
  #wanted = false;
  #held: HTMLElement | undefined;

  /** @param isChosen - Whether there is a conversation to wait for. */
  constructor(host: LitElement, composer: () => HTMLElement | null, isChosen: () => boolean) {
    this.#host = host;
    this.#composer = composer;
    this.#isChosen = isChosen;
    host.addController(this);
  }

  /** The user wants to write. */
  want(): void {
    const composer = this.#composer();
    this.#wanted = !composer || this.#host.isUpdatePending;
    if (composer) composer.focus();
    else this.#wait();
  }

  hostUpdate(): void {
    const composer = this.#host.hasUpdated ? this.#composer() : null;
    this.#held = composer?.matches(':focus-within') ? composer : undefined;
  }

  hostUpdated(): void {
    if (this.#held && !this.#held.isConnected) this.#wanted = true;
    this.#held = undefined;
    this.#wanted &&= this.#isChosen();
    if (!this.#wanted) return;
    const composer = this.#composer();
    const lost = this.#isLost();
    // The rendering may just have taken the old composer away, and the focus with it.
    if (!composer && lost) this.#wait();
    if (!composer) return;
    this.#wanted = false;
    if (lost || this.#host.matches(':focus-within')) composer.focus();
  }

  #wait(): void {
    this.#host.renderRoot.querySelector<HTMLElement>('.base')?.focus({ preventScroll: true });
  }

  /** Whether nothing on the page has the focus. */
  #isLost(): boolean {
    const { activeElement, body } = this.#host.ownerDocument;
    return activeElement === null || activeElement === body;
  }
}

import type { ReactiveController, ReactiveElement } from 'lit';

/**
 * Keeps `--im-keyboard-inset` on its host at the height of the soft keyboard where the browser lays it
 * over the page, so that the composer stays in sight.
 */
export class KeyboardInsetController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #viewport: () => VisualViewport | null;
  #stop: AbortController | undefined;

  constructor(
    host: ReactiveElement,
    viewport: () => VisualViewport | null = () => window.visualViewport,
  ) {
    this.#host = host;
    this.#viewport = viewport;
    host.addController(this);
  }

  hostConnected(): void {
    const viewport = this.#viewport();
    if (!viewport) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const update = (): void => this.#update(viewport);
    viewport.addEventListener('resize', update, { signal });
    viewport.addEventListener('scroll', update, { signal });
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#host.style.removeProperty('--im-keyboard-inset');
  }

  #update({ height, offsetTop, scale }: VisualViewport): void {
    // Under pinch zoom the viewport is small for another reason.
    const covered =
      scale > 1.01 ? 0 : this.#host.getBoundingClientRect().bottom - offsetTop - height;
    if (covered > 60)
      this.#host.style.setProperty('--im-keyboard-inset', `${Math.round(covered)}px`);
    else this.#host.style.removeProperty('--im-keyboard-inset');
  }
}

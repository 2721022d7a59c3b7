import type { ReactiveController, ReactiveElement } from 'lit';

/** What is lower than this is a bar of the browser, not a keyboard. */
const KEYBOARD_PX = 60;

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
    window.addEventListener('scroll', update, { signal, passive: true });
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#host.style.removeProperty('--im-keyboard-inset');
  }

  #update({ height, offsetTop, scale }: VisualViewport): void {
    const edge = offsetTop + height;
    // Under pinch zoom the viewport is small for another reason.
    const keyboard = scale > 1.01 ? 0 : window.innerHeight - edge;
    const covered = keyboard > KEYBOARD_PX ? Math.min(this.#below(edge), keyboard) : 0;
    if (covered > 0) this.#host.style.setProperty('--im-keyboard-inset', `${covered}px`);
    else this.#host.style.removeProperty('--im-keyboard-inset');
  }

  /** How much of the host lies below an edge that it reaches over. */
  #below(edge: number): number {
    const { top, bottom } = this.#host.getBoundingClientRect();
    return top < edge ? Math.round(bottom - edge) : 0;
  }
}

import type { LitElement, ReactiveController } from 'lit';
import { hasAttention } from '../shared/attention.js';

/** Tells whether its host is being looked at, and calls back when that begins or ends. */
export class AttentionController implements ReactiveController {
  readonly #host: LitElement;
  readonly #changed: () => void;
  #stop: AbortController | undefined;
  #observer: IntersectionObserver | undefined;
  #onScreen = false;

  constructor(host: LitElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  /** Whether the host is on the screen of somebody who uses the page. */
  get looking(): boolean {
    return this.#onScreen && hasAttention();
  }

  hostConnected(): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const check = (): void => this.#changed();
    for (const type of ['focus', 'blur']) window.addEventListener(type, check, { signal });
    document.addEventListener('visibilitychange', check, { signal });
    this.#observer = new IntersectionObserver((entries) => {
      // Several changes may come at once; the last one is how things are.
      this.#onScreen = entries.at(-1)?.isIntersecting ?? false;
      check();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#stop?.abort();
    this.#observer?.disconnect();
    this.#onScreen = false;
  }
}

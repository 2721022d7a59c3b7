import { ContextConsumer } from '@lit/context';
import type { ReactiveController, ReactiveElement } from 'lit';
import type { ImClient } from '../../client/public.js';
import { setupContext, type SetupProblem } from '../context.js';
import { missingNeeds } from '../shared/browser-needs.js';

/** A page may need this long for a token; then the user is told that nothing will come by itself. */
const PATIENCE_MS = 5_000;

/** Knows why its host can show nothing at all: the browser, the page, or the address of the server. */
export class SetupController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #client: () => ImClient | undefined;
  readonly #told: ContextConsumer<typeof setupContext, ReactiveElement>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasWaited = false;

  constructor(host: ReactiveElement, client: () => ImClient | undefined) {
    this.#host = host;
    this.#client = client;
    this.#told = new ContextConsumer(host, { context: setupContext, subscribe: true });
    host.addController(this);
  }

  /** What is wrong, if anything is. */
  get problem(): SetupProblem | undefined {
    const missing = missingNeeds();
    if (missing.length) return { reason: 'unsupported', missing };
    if (this.#client()) return;
    return this.#told.value ?? (this.#hasWaited ? { reason: 'no-client' } : undefined);
  }

  hostConnected(): void {
    this.#timer = setTimeout(() => {
      this.#hasWaited = true;
      this.#host.requestUpdate();
    }, PATIENCE_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#hasWaited = false;
  }
}

import { callSafely } from './live-value.js';
import type { ImClientEvents } from './public.js';

type Handlers = { [E in keyof ImClientEvents]?: Set<(detail: ImClientEvents[E]) => void> };

/** The handlers of `client.on()`. */
export class Emitter {
  readonly #handlers: Handlers = {};

  on<E extends keyof ImClientEvents>(
    event: E,
    handler: (detail: ImClientEvents[E]) => void,
  ): () => void {
    const handlers = (this.#handlers[event] ??= new Set() as NonNullable<Handlers[E]>);
    handlers.add(handler);
    return () => handlers.delete(handler);
  }

  emit<E extends keyof ImClientEvents>(event: E, detail: ImClientEvents[E]): void {
    for (const handler of [...(this.#handlers[event] ?? [])]) callSafely(handler, detail);
  }
}

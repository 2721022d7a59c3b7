import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImClient } from '../../client/public.js';

/** Tells the others that this user types, and that they have stopped when they go elsewhere. */
export class TypingTeller implements ReactiveController {
  readonly #source: () => readonly [ImClient | undefined, string];
  #typingIn = '';
  #stop: (() => void) | undefined;

  /** @param source - The client and the conversation that the composer writes to. */
  constructor(host: ReactiveControllerHost, source: () => readonly [ImClient | undefined, string]) {
    this.#source = source;
    host.addController(this);
  }

  tell(active: boolean): void {
    const [client, id] = this.#source();
    // A composer that goes says that nobody types, when the next conversation is here already.
    if (!client || !id || (!active && id !== this.#typingIn)) return;
    client.setTyping(id, active);
    this.#typingIn = active ? id : '';
    this.#stop = active ? () => client.setTyping(id, false) : undefined;
  }

  hostUpdate(): void {
    const [, id] = this.#source();
    if (id !== this.#typingIn) this.#end();
  }

  hostDisconnected(): void {
    this.#end();
  }

  #end(): void {
    this.#typingIn = '';
    this.#stop?.();
    this.#stop = undefined;
  }
}

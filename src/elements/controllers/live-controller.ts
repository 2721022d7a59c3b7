import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Live } from '../../client/public.js';

/** What is known of a `Live` value. `idle` means that there is nothing to listen to. */
export type LiveState<T> =
  | { readonly status: 'idle' }
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly error: unknown };

const IDLE = { status: 'idle' } as const;
const PENDING = { status: 'pending' } as const;

/**
 * Keeps its host rendered with the latest value of a `Live`, while the host is connected.
 *
 * The client makes a new `Live` at every call, so the controller asks for one only when the `key`, the
 * values that it depends on, has changed.
 */
export class LiveController<T> implements ReactiveController {
  state: LiveState<T> = IDLE;

  readonly #host: ReactiveControllerHost;
  readonly #key: () => readonly unknown[];
  readonly #open: () => Live<T> | undefined;
  #connected = false;
  #openKey: readonly unknown[] | undefined;
  #subscription: { unsubscribe(): void } | undefined;

  constructor(
    host: ReactiveControllerHost,
    key: () => readonly unknown[],
    open: () => Live<T> | undefined,
  ) {
    this.#host = host;
    this.#key = key;
    this.#open = open;
    host.addController(this);
  }

  /** The latest value, if there has been one. */
  get value(): T | undefined {
    return this.state.status === 'ready' ? this.state.value : undefined;
  }

  hostConnected(): void {
    this.#connected = true;
    // After a reconnection nothing else asks for the update that subscribes again.
    this.#host.requestUpdate();
  }

  hostUpdate(): void {
    // An update that was pending when the host was removed still runs; it must not subscribe.
    if (!this.#connected) return;
    const key = this.#key();
    const same = isSame(key, this.#openKey);
    if (same && this.#subscription) return;
    this.#subscription?.unsubscribe();
    const live = this.#open();
    // A host that is merely moved keeps what it shows until the next value arrives.
    if (!same) this.state = live ? PENDING : IDLE;
    this.#openKey = key;
    this.#subscription = live?.subscribe({
      next: (value) => this.#set({ status: 'ready', value }),
      error: (error) => this.#set({ status: 'failed', error }),
    });
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  #set(state: LiveState<T>): void {
    this.state = state;
    this.#host.requestUpdate();
  }
}

function isSame(key: readonly unknown[], other: readonly unknown[] | undefined): boolean {
  return key.length === other?.length && key.every((part, index) => part === other[index]);
}

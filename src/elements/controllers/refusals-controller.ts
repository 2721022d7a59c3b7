import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImClient, ImClientEvents } from '../../client/public.js';

/** Hears what the server has refused, some time after the user did it. */
export class RefusalsController implements ReactiveController {
  readonly #client: () => ImClient | undefined;
  readonly #refused: (detail: ImClientEvents['action-failed']) => void;
  #heard: ImClient | undefined;
  #stop: (() => void) | undefined;
  #connected = false;

  constructor(
    host: ReactiveControllerHost,
    client: () => ImClient | undefined,
    refused: (detail: ImClientEvents['action-failed']) => void,
  ) {
    this.#client = client;
    this.#refused = refused;
    host.addController(this);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostUpdate(): void {
    const client = this.#client();
    if (!this.#connected || (client === this.#heard && this.#stop)) return;
    this.#stop?.();
    this.#heard = client;
    this.#stop = client?.on('action-failed', this.#refused);
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop?.();
    this.#stop = undefined;
  }
}

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { HistoryState, ImClient, MessageHistory } from '../../client/public.js';

/** More history is fetched when fewer than this many views are left in that direction. */
const FETCH_VIEWS = 1.5;
/** A message that is further up than this many pages is not looked for. */
const SEEK_PAGES = 40;
/** No state is waited for any longer. */
const STATE_MS = 500;

/** How much of what is held lies above and below the view, in pixels. */
type Place = {
  readonly offset: number;
  readonly height: number;
  readonly distanceFromEnd: number;
};

export type HistoryView =
  | { readonly status: 'idle' }
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly value: HistoryState }
  | { readonly status: 'failed'; readonly error: unknown };

/** Holds the window over one conversation's history, from connection to disconnection. */
export class HistoryController implements ReactiveController {
  view: HistoryView = { status: 'idle' };

  readonly #host: ReactiveControllerHost;
  readonly #source: () => readonly [ImClient | undefined, string];
  #connected = false;
  #client: ImClient | undefined;
  #conversationId = '';
  #history: MessageHistory | undefined;
  #fetching = false;
  #failed: 'older' | 'newer' | undefined;
  readonly #awaited: Set<() => void> = new Set();

  /** @param source - The client and the conversation to show; asked before every update. */
  constructor(host: ReactiveControllerHost, source: () => readonly [ImClient | undefined, string]) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  /** What is held at present, if anything is. */
  get state(): HistoryState | undefined {
    return this.view.status === 'ready' ? this.view.value : undefined;
  }

  hostConnected(): void {
    this.#connected = true;
    this.#host.requestUpdate();
  }

  /** The direction in which the last page could not be had; it is asked for again on demand only. */
  get failed(): 'older' | 'newer' | undefined {
    return this.state?.error && (this.#failed ?? 'older');
  }

  hostUpdate(): void {
    if (!this.#connected) return;
    const [client, conversationId] = this.#source();
    if (client === this.#client && conversationId === this.#conversationId && this.#history) return;
    this.#close();
    this.#client = client;
    this.#conversationId = conversationId;
    this.view = { status: client && conversationId ? 'pending' : 'idle' };
    if (client && conversationId) this.#open(client.history(conversationId));
  }

  hostDisconnected(): void {
    this.#connected = false;
    // A host that is merely moved is back by then, and goes on where it was.
    setTimeout(() => {
      if (!this.#connected) this.#close();
    });
  }

  /** Loads more where little is left, except where that has just failed. */
  fetchMore({ offset, height, distanceFromEnd }: Place): void {
    if (!height) return;
    const near = height * FETCH_VIEWS;
    if (offset < near && this.failed !== 'older') this.loadOlder();
    if (distanceFromEnd < near && this.failed !== 'newer') this.loadNewer();
  }

  loadOlder(): void {
    const { state } = this;
    if (state?.hasOlder && !state.loading) {
      void this.#fetch('older', (history) => history.loadOlder());
    }
  }

  loadNewer(): void {
    const { state } = this;
    if (state?.hasNewer && !state.loading) {
      void this.#fetch('newer', (history) => history.loadNewer());
    }
  }

  loadLatest(): void {
    this.#failed = undefined;
    void this.#history?.loadLatest();
  }

  /** Loads older pages until a message is among them; false when it is not found. */
  async seek(messageId: string): Promise<boolean> {
    const history = this.#history;
    for (let page = 0; page < SEEK_PAGES && history === this.#history; page++) {
      const { state } = this;
      // The first one is not shown while there is more above it.
      const index = state?.messages.findIndex(({ id }) => id === messageId) ?? -1;
      if (index > 0 || (index === 0 && !state?.hasOlder)) return true;
      if (!state?.hasOlder || state.error) return false;
      await this.#fetch('older', (one) => one.loadOlder());
      // The state that has the page comes a little later than the call has ended.
      if (this.state === state || this.state?.loading) await this.#nextState();
    }
    return false;
  }

  async #nextState(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#awaited.add(resolve);
      setTimeout(resolve, STATE_MS);
    });
  }

  /** One page at a time: the state that says so comes a little later than the call. */
  async #fetch(
    direction: 'older' | 'newer',
    load: (history: MessageHistory) => Promise<void>,
  ): Promise<void> {
    if (this.#fetching || !this.#history) return;
    this.#fetching = true;
    this.#failed = direction;
    try {
      await load(this.#history);
    } finally {
      this.#fetching = false;
    }
  }

  #open(history: MessageHistory): void {
    this.#history = history;
    const current = (): boolean => history === this.#history;
    history.state.subscribe({
      next: (value) => {
        if (current()) this.#set({ status: 'ready', value });
      },
      error: (error) => {
        if (current()) this.#set({ status: 'failed', error });
      },
    });
  }

  #close(): void {
    this.#history?.close();
    this.#history = undefined;
    this.#fetching = false;
    this.#failed = undefined;
  }

  #set(view: HistoryView): void {
    this.view = view;
    this.#host.requestUpdate();
    for (const resolve of this.#awaited) resolve();
    this.#awaited.clear();
  }
}

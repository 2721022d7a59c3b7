/** Values and windows that a test sets by hand. */
import type {
  HistoryState,
  Live,
  LiveObserver,
  Message,
  MessageHistory,
} from '../../src/client/public.js';

/** A `Live` that a test drives. Like the client's own it tells a new observer its value a little later. */
export class FakeLive<T> implements Live<T> {
  readonly observers: Set<LiveObserver<T>> = new Set();
  #held: { readonly value: T } | undefined;

  constructor(...initial: [] | [T]) {
    if (initial.length) this.#held = { value: initial[0] };
  }

  subscribe(observer: LiveObserver<T>): { unsubscribe(): void } {
    let told = false;
    const entry: LiveObserver<T> = {
      next: (value) => {
        told = true;
        observer.next(value);
      },
      error: (error) => observer.error?.(error),
    };
    this.observers.add(entry);
    queueMicrotask(() => {
      if (!told && this.#held && this.observers.has(entry)) entry.next(this.#held.value);
    });
    return { unsubscribe: () => void this.observers.delete(entry) };
  }

  emit(value: T): void {
    this.#held = { value };
    for (const observer of [...this.observers]) observer.next(value);
  }

  fail(error: unknown): void {
    for (const observer of [...this.observers]) observer.error?.(error);
  }
}

const NOTHING: HistoryState = {
  messages: [],
  hasOlder: false,
  hasNewer: false,
  loading: undefined,
  error: undefined,
};

export class FakeHistory implements MessageHistory {
  readonly state: FakeLive<HistoryState> = new FakeLive();
  value: HistoryState = NOTHING;
  closed = false;
  /** What `loadOlder()` puts on top; it is called once a page. */
  older: (() => readonly Message[]) | undefined;
  readonly calls: string[] = [];

  show(change: Partial<HistoryState>): void {
    this.value = { ...this.value, ...change };
    this.state.emit(this.value);
  }

  async loadOlder(): Promise<void> {
    this.calls.push('older');
    if (!this.older) return;
    this.show({ loading: 'older' });
    await Promise.resolve();
    this.show({ messages: [...this.older(), ...this.value.messages], loading: undefined });
  }

  async loadNewer(): Promise<void> {
    this.calls.push('newer');
  }

  async loadLatest(): Promise<void> {
    this.calls.push('latest');
  }

  close(): void {
    this.closed = true;
  }
}

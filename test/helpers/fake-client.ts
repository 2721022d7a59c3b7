/** A client whose every value a test sets by hand, and which notes what it is asked to do. */
import type {
  ConnectionState,
  Conversation,
  Device,
  HistoryState,
  ImClient,
  ImClientEvents,
  Live,
  LiveObserver,
  Message,
  MessageHistory,
  Person,
  Presence,
  StorageState,
} from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';

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

type Handlers = { [E in keyof ImClientEvents]: Set<(detail: ImClientEvents[E]) => void> };

export class FakeClient implements ImClient {
  readonly userId = 'me';
  readonly connection: FakeLive<ConnectionState> = new FakeLive<ConnectionState>({
    status: 'connected',
  });
  readonly storage: FakeLive<StorageState> = new FakeLive<StorageState>({ status: 'persistent' });
  readonly conversations: FakeLive<readonly Conversation[]> = new FakeLive();
  readonly totalUnread: FakeLive<number> = new FakeLive(0);
  readonly histories: FakeHistory[] = [];
  /** Everything that was asked of this client, as the method's name and its arguments. */
  readonly calls: (readonly unknown[])[] = [];
  /** What calls of a method fail with from now on. */
  readonly failures: Map<string, Error> = new Map();
  /** Set before an element opens a history, to have it filled from the start. */
  onHistory: ((history: FakeHistory, conversationId: string) => void) | undefined;

  readonly #conversations: Map<string, FakeLive<Conversation | undefined>> = new Map();
  readonly #typing: Map<string, FakeLive<readonly Person[]>> = new Map();
  readonly #presence: Map<string, FakeLive<Presence>> = new Map();
  readonly #handlers: Handlers = {
    message: new Set(),
    'connection-change': new Set(),
    'message-sent': new Set(),
    'message-failed': new Set(),
    'token-expired': new Set(),
    kicked: new Set(),
  };

  conversation(id: string): FakeLive<Conversation | undefined> {
    return remember(this.#conversations, id, () => new FakeLive());
  }

  typing(id: string): FakeLive<readonly Person[]> {
    return remember(this.#typing, id, () => new FakeLive<readonly Person[]>([]));
  }

  presence(userId: string): FakeLive<Presence> {
    return remember(this.#presence, userId, () => {
      return new FakeLive<Presence>({ state: 'unknown', seenAt: undefined });
    });
  }

  /** What `devices()` gives. */
  deviceList: readonly Device[] = [];

  async devices(): Promise<readonly Device[]> {
    this.#note('devices');
    return this.deviceList;
  }

  async signOutDevice(deviceId: string): Promise<void> {
    this.#note('signOutDevice', deviceId);
    this.deviceList = this.deviceList.filter(({ id }) => id !== deviceId);
  }

  history(conversationId: string): FakeHistory {
    const history = new FakeHistory();
    this.histories.push(history);
    this.onHistory?.(history, conversationId);
    return history;
  }

  /** The history that was opened last. */
  get lastHistory(): FakeHistory {
    return this.histories.at(-1)!;
  }

  /** The arguments of all calls of one method. */
  callsOf(method: string): (readonly unknown[])[] {
    return this.calls.filter(([name]) => name === method).map(([, ...args]) => args);
  }

  fire<E extends keyof ImClientEvents>(event: E, detail: ImClientEvents[E]): void {
    for (const handler of [...this.#handlers[event]]) handler(detail);
  }

  listeners(event: keyof ImClientEvents): number {
    return this.#handlers[event].size;
  }

  async openPeer(userId: string): Promise<string> {
    this.calls.push(['openPeer', userId]);
    return c2cId(this.userId, userId);
  }

  async send(conversationId: string, { text }: { readonly text: string }): Promise<Message> {
    return this.sendText(conversationId, text);
  }

  async sendText(conversationId: string, text: string): Promise<Message> {
    this.#note('sendText', conversationId, text);
    return {
      id: `sent-${this.calls.length}`,
      conversationId,
      seq: undefined,
      sender: { id: this.userId, name: 'Me', avatarUrl: undefined },
      own: true,
      at: 0,
      content: { type: 'text', text },
      state: { status: 'queued' },
    };
  }

  async retry(...args: [string, string]): Promise<void> {
    this.#note('retry', ...args);
  }

  async discard(...args: [string, string]): Promise<void> {
    this.#note('discard', ...args);
  }

  async markRead(...args: [string, number]): Promise<void> {
    this.#note('markRead', ...args);
  }

  /** The conversations that some view keeps read. */
  readonly keptRead: Set<string> = new Set();

  keepRead(conversationId: string): () => void {
    this.keptRead.add(conversationId);
    return () => void this.keptRead.delete(conversationId);
  }

  setTyping(...args: [string, boolean]): void {
    this.calls.push(['setTyping', ...args]);
  }

  async setDraft(...args: [string, string]): Promise<void> {
    this.#note('setDraft', ...args);
  }

  reconnect(): void {
    this.calls.push(['reconnect']);
  }

  setToken(...args: unknown[]): void {
    this.calls.push(['setToken', ...args]);
  }

  on<E extends keyof ImClientEvents>(
    event: E,
    handler: (detail: ImClientEvents[E]) => void,
  ): () => void {
    const handlers: Set<(detail: ImClientEvents[E]) => void> = this.#handlers[event];
    handlers.add(handler);
    return () => void handlers.delete(handler);
  }

  exportLogs(): string {
    return '';
  }

  #note(method: string, ...args: readonly unknown[]): void {
    this.calls.push([method, ...args]);
    const failure = this.failures.get(method);
    if (failure) throw failure;
  }

  async logout(): Promise<void> {
    this.calls.push(['logout']);
  }

  async destroy(): Promise<void> {
    this.calls.push(['destroy']);
  }
}

function remember<V>(map: Map<string, V>, key: string, make: () => V): V {
  const held = map.get(key) ?? make();
  map.set(key, held);
  return held;
}

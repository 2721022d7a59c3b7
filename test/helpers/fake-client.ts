/** A client whose every value a test sets by hand, and which notes what it is asked to do. */
import type {
  ConnectionState,
  Conversation,
  ConversationFolder,
  Device,
  ImClient,
  ImClientEvents,
  Message,
  MessageVersion,
  Person,
  Policy,
  Presence,
  Readers,
  StorageState,
} from '../../src/client/public.js';
import { c2cId } from '../../src/protocol/ids.js';
import { FakeHistory, FakeLive } from './fake-history.js';

type Handlers = { [E in keyof ImClientEvents]: Set<(detail: ImClientEvents[E]) => void> };

export class FakeClient implements ImClient {
  readonly userId = 'me';
  readonly connection: FakeLive<ConnectionState> = new FakeLive<ConnectionState>({
    status: 'connected',
  });
  readonly storage: FakeLive<StorageState> = new FakeLive<StorageState>({ status: 'persistent' });
  readonly conversations: FakeLive<readonly Conversation[]> = new FakeLive();
  readonly totalUnread: FakeLive<number> = new FakeLive(0);
  readonly folders: FakeLive<readonly ConversationFolder[]> = new FakeLive<
    readonly ConversationFolder[]
  >([]);
  readonly policy: FakeLive<Policy> = new FakeLive<Policy>({
    recallMs: 120_000,
    editMs: 86_400_000,
    deletedMark: true,
    receiptMembers: 100,
  });
  readonly histories: FakeHistory[] = [];
  /** Everything that was asked of this client, as the method's name and its arguments. */
  readonly calls: (readonly unknown[])[] = [];
  /** What calls of a method fail with from now on. */
  readonly failures: Map<string, Error> = new Map();
  /** Set before an element opens a history, to have it filled from the start. */
  onHistory: ((history: FakeHistory, conversationId: string) => void) | undefined;

  readonly #conversations: Map<string, FakeLive<Conversation | undefined>> = new Map();
  readonly #pinned: Map<string, FakeLive<readonly Message[]>> = new Map();
  readonly #typing: Map<string, FakeLive<readonly Person[]>> = new Map();
  readonly #presence: Map<string, FakeLive<Presence>> = new Map();
  readonly #handlers: Handlers = {
    message: new Set(),
    notify: new Set(),
    'connection-change': new Set(),
    'message-sent': new Set(),
    'message-failed': new Set(),
    'action-failed': new Set(),
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
      edited: false,
      reactions: [],
      pinned: false,
      starred: false,
    };
  }

  async retry(...args: [string, string]): Promise<void> {
    this.#note('retry', ...args);
  }

  async discard(...args: [string, string]): Promise<void> {
    this.#note('discard', ...args);
  }

  async edit(...args: Parameters<ImClient['edit']>): Promise<void> {
    this.#note('edit', ...args);
  }

  async recall(...args: Parameters<ImClient['recall']>): Promise<void> {
    this.#note('recall', ...args);
  }

  async remove(...args: Parameters<ImClient['remove']>): Promise<void> {
    this.#note('remove', ...args);
  }

  async react(...args: Parameters<ImClient['react']>): Promise<void> {
    this.#note('react', ...args);
  }

  async pinMessage(...args: Parameters<ImClient['pinMessage']>): Promise<void> {
    this.#note('pinMessage', ...args);
  }

  async star(...args: Parameters<ImClient['star']>): Promise<void> {
    this.#note('star', ...args);
  }

  /** What `versions()` gives. */
  versionList: readonly MessageVersion[] = [];

  async versions(...args: Parameters<ImClient['versions']>): Promise<readonly MessageVersion[]> {
    this.#note('versions', ...args);
    return this.versionList;
  }

  pinnedMessages(id: string): FakeLive<readonly Message[]> {
    return remember(this.#pinned, id, () => new FakeLive<readonly Message[]>([]));
  }

  /** What `starredMessages()` gives. */
  starred: readonly Message[] = [];

  async starredMessages(
    ...args: Parameters<ImClient['starredMessages']>
  ): Promise<readonly Message[]> {
    this.#note('starredMessages', ...args);
    return this.starred;
  }

  /** Makes the pages of `readers()`; without it nobody is there. */
  onReaders:
    ((options: { readonly read: boolean; readonly after?: string }) => Readers) | undefined;

  async readers(...args: Parameters<ImClient['readers']>): Promise<Readers> {
    this.#note('readers', ...args);
    return this.onReaders?.(args[2]) ?? { people: [], more: false, readCount: 0, unreadCount: 0 };
  }

  async markUnread(...args: Parameters<ImClient['markUnread']>): Promise<void> {
    this.#note('markUnread', ...args);
  }

  async setAttention(...args: Parameters<ImClient['setAttention']>): Promise<void> {
    this.#note('setAttention', ...args);
  }

  async pinConversation(...args: Parameters<ImClient['pinConversation']>): Promise<void> {
    this.#note('pinConversation', ...args);
  }

  async hideConversation(...args: Parameters<ImClient['hideConversation']>): Promise<void> {
    this.#note('hideConversation', ...args);
  }

  async saveFolder(...args: Parameters<ImClient['saveFolder']>): Promise<string> {
    this.#note('saveFolder', ...args);
    return args[0].id ?? `folder-${this.calls.length}`;
  }

  async removeFolder(...args: Parameters<ImClient['removeFolder']>): Promise<void> {
    this.#note('removeFolder', ...args);
  }

  async file(...args: Parameters<ImClient['file']>): Promise<void> {
    this.#note('file', ...args);
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

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Conversation, ImClient, Live, Person, Presence } from '../../client/public.js';

type Entry<T> = { value: T | undefined; readonly unsubscribe: () => void };

/** What changes beside the conversations: listened to for the rows that are drawn, and no others. */
export class RowLives implements ReactiveController {
  readonly #typing: Lives<readonly Person[]>;
  readonly #presence: Lives<Presence>;
  #client: ImClient | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    const changed = (): void => host.requestUpdate();
    this.#typing = new Lives((client, id) => client.typing(id), changed);
    this.#presence = new Lives((client, id) => client.presence(id), changed);
    host.addController(this);
  }

  /** Who is typing in a conversation, as far as is known. */
  typing(conversationId: string): readonly Person[] | undefined {
    return this.#typing.value(conversationId);
  }

  /** How the other person of a one-to-one conversation stands. */
  presence({ peerId }: Conversation): Presence['state'] | undefined {
    return peerId === undefined ? undefined : this.#presence.value(peerId)?.state;
  }

  watch(client: ImClient | undefined, rows: readonly Conversation[]): void {
    if (client !== this.#client) this.#stop();
    this.#client = client;
    if (!client || !this.#connected) return;
    this.#typing.watch(client, new Set(rows.map(({ id }) => id)));
    this.#presence.watch(client, new Set(rows.flatMap(({ peerId }) => peerId ?? [])));
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stop();
  }

  #stop(): void {
    this.#typing.stop();
    this.#presence.stop();
  }
}

/** Values of one kind, by id. */
class Lives<T> {
  readonly #entries: Map<string, Entry<T>> = new Map();
  readonly #live: (client: ImClient, id: string) => Live<T>;
  readonly #changed: () => void;

  constructor(live: (client: ImClient, id: string) => Live<T>, changed: () => void) {
    this.#live = live;
    this.#changed = changed;
  }

  value(id: string): T | undefined {
    return this.#entries.get(id)?.value;
  }

  watch(client: ImClient, wanted: ReadonlySet<string>): void {
    for (const [id, entry] of this.#entries) {
      if (wanted.has(id)) continue;
      entry.unsubscribe();
      this.#entries.delete(id);
    }
    for (const id of wanted) if (!this.#entries.has(id)) this.#listen(client, id);
  }

  stop(): void {
    for (const { unsubscribe } of this.#entries.values()) unsubscribe();
    this.#entries.clear();
  }

  #listen(client: ImClient, id: string): void {
    const subscription = this.#live(client, id).subscribe({
      next: (value) => {
        const entry = this.#entries.get(id);
        // Nobody types, mostly: what is empty at first changes nothing.
        const isNothing = Array.isArray(value) && value.length === 0;
        if (!entry || (isNothing && !entry.value)) return;
        entry.value = isNothing ? undefined : value;
        this.#changed();
      },
    });
    this.#entries.set(id, { value: undefined, unsubscribe: () => subscription.unsubscribe() });
  }
}

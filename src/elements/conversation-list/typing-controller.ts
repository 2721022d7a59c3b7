import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { ImClient, Person } from '../../client/public.js';

const NOBODY: readonly Person[] = [];

type Entry = { people: readonly Person[]; readonly unsubscribe: () => void };

/** Who is typing in each of the conversations that are drawn, and in no others. */
export class TypingController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #entries: Map<string, Entry> = new Map();
  #client: ImClient | undefined;
  #connected = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Who is typing in a conversation, as far as is known. */
  people(conversationId: string): readonly Person[] {
    return this.#entries.get(conversationId)?.people ?? NOBODY;
  }

  /** Listens to these conversations, and to no others any more. */
  watch(client: ImClient | undefined, conversationIds: readonly string[]): void {
    if (client !== this.#client) this.#stopAll();
    this.#client = client;
    if (!client || !this.#connected) return;
    const wanted = new Set(conversationIds);
    for (const [id, entry] of this.#entries) {
      if (wanted.has(id)) continue;
      entry.unsubscribe();
      this.#entries.delete(id);
    }
    for (const id of wanted) if (!this.#entries.has(id)) this.#listen(client, id);
  }

  hostConnected(): void {
    this.#connected = true;
  }

  hostDisconnected(): void {
    this.#connected = false;
    this.#stopAll();
  }

  #listen(client: ImClient, id: string): void {
    const subscription = client.typing(id).subscribe({
      next: (people) => {
        const entry = this.#entries.get(id);
        if (!entry || (people.length === 0 && entry.people.length === 0)) return;
        entry.people = people;
        this.#host.requestUpdate();
      },
    });
    this.#entries.set(id, { people: NOBODY, unsubscribe: () => subscription.unsubscribe() });
  }

  #stopAll(): void {
    for (const { unsubscribe } of this.#entries.values()) unsubscribe();
    this.#entries.clear();
  }
}

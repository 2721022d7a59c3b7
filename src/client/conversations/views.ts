/** Conversations that something on this page looks at, each by any number of views. */
export class Views {
  readonly #counts: Map<string, number> = new Map();
  readonly #changed: () => void;

  /** @param changed - Called when a conversation gets its first view, or loses its last. */
  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /** One view more, until the function that is returned is called. */
  add(conversation: string): () => void {
    const views = this.#counts.get(conversation) ?? 0;
    this.#counts.set(conversation, views + 1);
    if (!views) this.#changed();
    let isThere = true;
    return () => {
      if (!isThere) return;
      isThere = false;
      const rest = (this.#counts.get(conversation) ?? 0) - 1;
      if (rest > 0) this.#counts.set(conversation, rest);
      else if (this.#counts.delete(conversation)) this.#changed();
    };
  }

  has(conversation: string): boolean {
    return this.#counts.has(conversation);
  }

  all(): Iterable<string> {
    return this.#counts.keys();
  }
}

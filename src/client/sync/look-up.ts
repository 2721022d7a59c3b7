import { LIMITS } from '../../protocol/limits.js';
import type { Link } from '../tabs/link.js';

/** Asks for the profiles of people who are shown by their id, each once a connection. */
export class LookUp {
  readonly #link: Link;
  readonly #knows: (id: string) => boolean;
  readonly #wanted: Set<string> = new Set();
  #asked: Set<string> = new Set();
  #scheduled = false;

  constructor(link: Link, knows: (id: string) => boolean) {
    this.#link = link;
    this.#knows = knows;
  }

  readonly want = (users: readonly string[]): void => {
    for (const user of users) this.#wanted.add(user);
    this.#schedule();
  };

  /** A new connection may know more. */
  again(): void {
    this.#asked = new Set();
    this.#schedule();
  }

  /** A moment later, so that a page of messages makes one question. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#ask();
    });
  }

  #ask(): void {
    const link = this.#link;
    if (!link.ready) return;
    for (const user of this.#wanted) if (this.#knows(user)) this.#wanted.delete(user);
    const users = [...this.#wanted].filter((user) => !this.#asked.has(user));
    for (let start = 0; start < users.length; start += LIMITS.usersPage) {
      const page = users.slice(start, start + LIMITS.usersPage);
      for (const user of page) this.#asked.add(user);
      // Without an answer people go by their ids until the next connection.
      link.ask({ type: 'look-up', users: page }).catch(() => undefined);
    }
  }
}

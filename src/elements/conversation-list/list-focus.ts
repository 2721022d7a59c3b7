import type { LitElement } from 'lit';
import type { Conversation } from '../../client/public.js';
import { rowAfterKey } from './row-window.js';

/** One stop of the Tab key for all conversations, and the keys that move within them. */
export class ListFocus {
  readonly #host: LitElement;
  readonly #shown: () => readonly Conversation[];
  readonly #selected: () => string;
  #activeId = '';

  constructor(host: LitElement, shown: () => readonly Conversation[], selected: () => string) {
    this.#host = host;
    this.#shown = shown;
    this.#selected = selected;
  }

  /** The row that the Tab key reaches: the one used last, else the selected one, else the first. */
  get index(): number {
    const active = this.#indexOf(this.#activeId);
    return active >= 0 ? active : Math.max(this.#indexOf(this.#selected()), 0);
  }

  /** A conversation is used. */
  hold(id: string): void {
    this.#activeId = id;
  }

  /** Puts the focus on a conversation. */
  async to(index: number): Promise<void> {
    this.#activeId = this.#shown()[index]?.id ?? '';
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus();
  }

  readonly handleFocus = ({ target }: FocusEvent): void => {
    const id = target instanceof HTMLElement && target.dataset.id;
    if (!id || id === this.#activeId) return;
    this.#activeId = id;
    this.#host.requestUpdate();
  };

  readonly handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = rowAfterKey(event.key, this.index, this.#shown().length - 1);
    if (target === undefined) return;
    event.preventDefault();
    void this.to(target);
  };

  #indexOf(id: string): number {
    return this.#shown().findIndex((one) => one.id === id);
  }
}
